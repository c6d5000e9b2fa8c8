// Bundles what live pages need into dist/web/: the worker with the library and the compiler, the parser, the script of the
// page with its editor, and the service worker. `#host/*` means runtime/host/web there; nothing of Node may be left.

import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { READER } from '../runtime/picture/draw/packed-text.ts';
import { pristine, sourceFor } from './pristine.mjs';

const OUT = 'dist/web';
const require = createRequire(import.meta.url);
const packageOf = (name) => dirname(require.resolve(`${name}/package.json`));

/** What all of them have in common. */
const common = {
  outdir: OUT,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  platform: 'browser',
  target: 'es2024',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  // The loader passes the address of a cell's own import on.
  logOverride: { 'unsupported-dynamic-import': 'silent' },
  metafile: true,
};

/** As in a cell process of Node: cells may replace what they like. */
const asIfNoCell = { inject: ['.ci/intrinsics.mjs'] };

const PARSER = '@oxc-parser/binding-wasm32-wasip1/workerd';
/** A fifth of the worker's script is what runs the parser. Nobody sees its names, so that it is built apart, without them. */
const parserApart = {
  name: 'the parser is a file of its own',
  setup(builder) {
    builder.onResolve({ filter: /^@oxc-parser\/binding-/ }, () => ({ path: './oxc.js', external: true }));
  },
};

/** The sources whose functions and classes a cell can get hold of and print. */
const SEEN =
  /[\\/]runtime[\\/](asyncio|cell[\\/](display|globals|input|output)|host|jsx-runtime|picture[\\/](predict|record|replay|trace|watch)|quiz|widgets)[\\/.]/;
/** Minified code loses its names. Those of the other sources nobody sees: without them the worker is 7 kB smaller by gzip. */
const namesSeen = {
  name: 'names that a cell can print are kept',
  setup(builder) {
    builder.onLoad({ filter: SEEN }, ({ path }) => {
      const { contents, loader } = sourceFor(path);
      return { contents: transformSync(contents, { loader, target: 'es2024', keepNames: true }).code, loader: 'js' };
    });
  },
};

/** Returns the paths of what it wrote. The player must have been built. */
export async function bundleWeb() {
  mkdirSync(OUT, { recursive: true });
  const bundles = await Promise.all([
    build({
      ...common,
      ...asIfNoCell,
      entryPoints: { worker: 'runtime/cell/web/worker.ts' },
      plugins: [namesSeen, pristine, parserApart],
    }),
    build({ ...common, ...asIfNoCell, entryPoints: { oxc: PARSER } }),
    build({
      ...common,
      entryPoints: { 'page-widgets': 'kernel/web/page/page-widgets.css' },
      loader: { '.svg': 'dataurl', '.png': 'dataurl' },
    }),
    build({
      ...common,
      entryPoints: { page: 'kernel/web/page/live-page.ts' },
      // The player asks for it by this name, and a live page forbids the scripts of figures, which bring it.
      banner: { js: `globalThis.ckRead=${READER};` },
    }),
    build({ ...common, splitting: false, format: 'iife', entryPoints: { sw: 'kernel/web/page/service-worker.ts' } }),
  ]);
  const player = copied('dist/runtime/picture/player.js', 'player.js');
  const parser = copied(join(packageOf('oxc-parser'), 'parser.wasm32-wasip1.wasm'), 'oxc.wasm');
  const esbuild = copied(join(packageOf('esbuild-wasm'), 'esbuild.wasm'), 'esbuild.wasm');
  return [...bundles.flatMap(({ metafile }) => Object.keys(metafile.outputs)), player, parser, esbuild];
}

/** Writes JupyterLite's plugin and the kernel that it loads into a folder. The worker is the live pages' own. */
export async function bundleLite(folder) {
  const lite = { ...common, outdir: folder, splitting: false };
  await Promise.all([
    build({ ...lite, format: 'iife', entryPoints: { remoteEntry: 'kernel/web/lite/lite-plugin.ts' } }),
    build({ ...lite, entryPoints: { kernel: 'kernel/web/lite/lite-kernel.ts' } }),
  ]);
}

function copied(from, name) {
  const to = join(OUT, name);
  copyFileSync(from, to);
  return to;
}
