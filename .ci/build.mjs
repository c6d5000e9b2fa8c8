// Bundles the sources into dist/: one file per entry, and in chunks what entries share. Types come from tsc, one .d.ts
// beside each entry's source path.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playerScript } from '../runtime/host/node/player-script.ts';
import { builtinModules } from './builtin-modules.mjs';
import { pristine } from './pristine.mjs';
import { fingerprint, STAMP } from './setup/built.mjs';
import { bundleWeb } from './web.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Entries that share code are one program: what a cell imports must be the instance that the cell process has. Each other
 * program is bundled alone, for every chunk that only two entries share is one more file for Node to find and link, at 0.6
 * ms of processor time, whenever a kernel starts.
 */
const programs = [
  ['kernel/main'],
  ['runtime/cell/interrupt/watcher'],
  ['kernel/cli', 'kernel/compile/main', 'runtime/compile/plugin'],
  [
    'runtime/cell/main',
    'runtime/cell/globals/tslab',
    'runtime/jsx-runtime',
    'runtime/asyncio/index',
    'runtime/asyncio/compiled',
    'runtime/picture/index',
    'runtime/picture/program',
    'runtime/widgets/index',
  ],
];

const { build } = await import('esbuild').catch(() => {
  process.stderr.write(
    'The npm packages are not installed. Run: npm install (or npm start, which does all the set-up)\n',
  );
  process.exit(1);
});

// Taken before the build: what is saved meanwhile shall count as newer.
const sources = fingerprint();
const bundled = await bundle().catch(({ errors }) => {
  // esbuild has printed each error with its place; its stack adds nothing.
  process.stderr.write(`The build stopped at ${errors?.length ?? 1} errors; dist/ is as it was.\n`);
  process.exit(1);
});
const written = new Set([...bundled, ...types()]);
removeStale('dist', written);
writeFileSync(STAMP, sources);

/** Returns the absolute paths of what it wrote. */
async function bundle() {
  const written = await Promise.all(programs.map((entries) => bundleProgram(entries)));
  const player = bundlePlayer();
  // npm makes a bin executable when it installs a package; a clone's own build has nobody else to do it.
  if (existsSync('dist/kernel/cli.js')) chmodSync('dist/kernel/cli.js', 0o755);
  return [...written.flat(), player, ...(await bundleWeb())].map((path) => resolve(path));
}

async function bundleProgram(entries) {
  const there = entries.filter((entry) => existsSync(`${entry}.ts`));
  for (const entry of entries) if (!there.includes(entry)) console.warn(`build: ${entry}.ts is not there; left out`);
  const { metafile } = await build({
    entryPoints: Object.fromEntries(there.map((entry) => [entry, `${entry}.ts`])),
    outdir: 'dist',
    bundle: true,
    inject: ['.ci/intrinsics.mjs'],
    plugins: [pristine, builtinModules],
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    sourcemap: 'linked',
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
    // The loader passes the attributes of a cell's own import on; nothing of it is there to bundle.
    logOverride: { 'unsupported-dynamic-import': 'silent' },
    metafile: true,
  });
  return Object.keys(metafile.outputs);
}

/** What moves a trace's pictures in the page: one script, for a browser, as the sources bundle it for themselves. */
function bundlePlayer() {
  const outfile = 'dist/runtime/picture/player.js';
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, playerScript());
  return outfile;
}

/** Emits the .d.ts files. A type error does not stop the build, for `npm run check` is where they are told. */
function types() {
  mkdirSync('dist', { recursive: true });
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '--project', '.ci/tsconfig.build.json', '--listEmittedFiles'];
  const { status, stdout, error } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const emitted = [...(stdout ?? '').matchAll(/^TSFILE:\s*(.+?)\s*$/gm)].map(([, path]) => resolve(path));
  if (emitted.length === 0) throw new Error(`tsc emitted no types: ${error?.message ?? stdout}`);
  if (status !== 0) console.warn('build: the types have errors; npm run check tells them');
  return emitted;
}

/** What an earlier build left and this one did not write would be packed, or imported by mistake. */
function removeStale(folder, keep) {
  for (const name of readdirSync(folder)) {
    const path = resolve(folder, name);
    if (statSync(path).isDirectory()) {
      removeStale(path, keep);
      if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
    } else if (!keep.has(path) && name !== '.built') rmSync(path);
  }
}
