// The files of a site of live pages beside the pages: the scripts, in a folder named after their content, the local modules
// that notebooks import, and the service worker.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { cokernel } from '../../../runtime/compile/plugin.ts';
import { makeFolder } from '../../../runtime/make-folder.ts';
import { importsOf } from '../../compile/imports-of.ts';
import { isCode, type Notebook } from '../notebook/notebook.ts';
import { save } from '../save.ts';
import { KEPT_FILES, KEPT_FOLDER, type KeptFiles } from './kept-files.ts';
import type { LivePage } from './live.ts';

const SERVICE_WORKER = 'sw.js';

/** What a live page is made of. */
export interface LiveSource {
  readonly notebook: Notebook;
  /** The file that was executed: local modules are beside it. */
  readonly path: string;
  /** The file name of the notebook in the site. */
  readonly name: string;
  /** Hears a sentence about each local module that is not in the site. */
  readonly say: (sentence: string) => void;
}

/** Writes into the folder of a site what the page of a notebook needs. */
export async function writeLive(site: string, { notebook, path, name, say }: LiveSource): Promise<LivePage> {
  const folder = scriptsIn(site);
  const modules: Record<string, string> = {};
  for (const specifier of localImports(notebook)) {
    try {
      const local = decodeURIComponent(specifier);
      const text = await bundledOnce(join(dirname(path), local));
      const file = `${basename(local).replace(/\.\w+$/, '')}-${hashOf(text)}.js`;
      save(join(site, folder, file), text);
      modules[specifier] = `${folder}${encodeURIComponent(file)}`;
    } catch (error) {
      say(`${basename(path)}: ${(error as Error).message}. In the page, a cell that needs it will fail.`);
    }
  }
  writeServiceWorker(site);
  // The files of a JupyterLite are listed when it is made.
  const offered = existsSync(join(site, 'lite', 'files', name));
  const lite = offered ? `lite/lab/index.html?path=${encodeURIComponent(name)}` : undefined;
  return { folder, modules, notebook: encodeURIComponent(name), serviceWorker: SERVICE_WORKER, lite };
}

/** Site → its folder of scripts, where this process has written them: they are megabytes, the same for each page. */
const written = new Map<string, string>();

/** Writes the scripts, and returns the name of their folder. */
function scriptsIn(site: string): string {
  const known = written.get(site);
  if (known !== undefined && existsSync(join(site, known))) return known;
  const scripts = folderOfScripts();
  const files = new Map(readdirSync(scripts).map((name) => [name, join(scripts, name)]));
  files.delete(SERVICE_WORKER);
  const esbuild = installedEsbuild();
  if (!files.has(ESBUILD) && esbuild !== undefined) files.set(ESBUILD, esbuild);
  const folder = `live-${versionOf(files)}/`;
  makeFolder(join(site, folder));
  for (const [name, path] of files) {
    const copy = join(site, folder, name);
    // An earlier run may have been ended in the middle.
    if (statSync(copy, { throwIfNoEntry: false })?.size !== statSync(path).size) copyFileSync(path, copy);
  }
  written.set(site, folder);
  return folder;
}

/**
 * Writes the service worker with a list of the files that it may keep, and what they hold: a cell can put into the browser's
 * cache what it likes.
 */
function writeServiceWorker(site: string): void {
  const kept: KeptFiles = Object.fromEntries(
    entriesOf(site)
      .filter((entry) => entry.isDirectory() && KEPT_FOLDER.test(`${entry.name}/`))
      .flatMap(({ name: folder }) =>
        entriesOf(join(site, folder))
          .filter((entry) => entry.isFile())
          .map(({ name }) => `${folder}/${name}`),
      )
      .sort()
      .map((path) => [path, digestOf(join(site, path))]),
  );
  const script = readFileSync(join(folderOfScripts(), SERVICE_WORKER), 'utf8');
  const path = join(site, SERVICE_WORKER);
  if (existsSync(path) && !readFileSync(path, 'utf8').includes(KEPT_FILES)) {
    throw new Error(
      `${path} is not cokernel's own, and live pages need that name. Choose another folder, or move the file.`,
    );
  }
  save(path, `globalThis.${KEPT_FILES} = ${JSON.stringify(kept)};\n${script}`);
}

const entriesOf = (folder: string) => readdirSync(folder, { withFileTypes: true });

/** Path → SHA-256 in base64. The files never change: their names or their folders tell what they hold. */
const digests = new Map<string, string>();

function digestOf(path: string): string {
  const digest = digests.get(path) ?? createHash('sha256').update(readFileSync(path)).digest('base64');
  digests.set(path, digest);
  return digest;
}

/** Larger than all else together, and few cells need it: the published package has it only where a person installed it. */
const ESBUILD = 'esbuild.wasm';

function installedEsbuild(): string | undefined {
  try {
    const from = createRequire(import.meta.url);
    return from.resolve(`esbuild-wasm/${ESBUILD}`, { paths: [process.cwd(), dirname(fileURLToPath(import.meta.url))] });
  } catch {
    return undefined;
  }
}

/** dist/web, from wherever this file is built into. */
function folderOfScripts(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; !existsSync(join(folder, 'package.json')); folder = dirname(folder)) {
    if (dirname(folder) === folder) throw new Error('the files of live pages were expected in dist/web of cokernel');
  }
  return join(folder, 'dist', 'web');
}

function versionOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, path] of [...files].sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(name).update(readFileSync(path));
  return hash.digest('hex').slice(0, 10);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

/** The local files that cells import. A cell that cannot be parsed imports nothing. */
function localImports({ cells }: Notebook): readonly string[] {
  const found = cells.filter(isCode).flatMap(({ source }) => importsOf('cell.ts', source));
  return [...new Set(found)].filter((specifier) => /^\.{1,2}\//.test(specifier));
}

/** The library is the worker's own; runtime/cell/web/worker.ts has it there. */
const given: Plugin = {
  name: 'the library of the worker',
  setup(builder) {
    builder.onResolve({ filter: /^(cokernel(\/.*)?|node:util)$/ }, ({ path }) => ({ path, namespace: 'given' }));
    builder.onLoad({ filter: /.*/, namespace: 'given' }, ({ path }) => ({
      contents: `module.exports = globalThis[Symbol.for('cokernel.modules')][${JSON.stringify(path)}]`,
      loader: 'js',
    }));
  },
};

const bundles = new Map<string, Promise<string>>();

/** The same module is imported by many notebooks. */
function bundledOnce(path: string): Promise<string> {
  const made = bundles.get(path) ?? bundled(path);
  bundles.set(path, made);
  return made;
}

async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [given, cokernel()],
  }).catch((error: unknown) => {
    const [first] = (error as { readonly errors?: readonly { readonly text: string }[] }).errors ?? [];
    throw new Error(`${path} cannot be bundled for a live page: ${first?.text ?? String(error)}`);
  });
  return outputFiles[0]?.text ?? '';
}
