// How cells and local files import: as if from a file beside the notebook, with local files reread after an edit.
// One import, in order: request → resolve hook → load hook → compile → Node links and evaluates → namespace.

import { createRequire, isBuiltin, registerHooks } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asAtStart } from '../../optimiser.ts';
import { brokenPackage } from './broken-package.ts';
import { createHooks, type Request, withoutVersion } from './hooks.ts';
import { createGraph } from './import-graph.ts';
import { membersOf } from './interop.ts';
import { createMarks, MARKS, unfound } from './module-marks.ts';
import type { Compile, RegisterSource } from './module-text.ts';
import { isTyped } from './only-types.ts';
import { createVersionGuard } from './packages.ts';
import { type CompilerOptions, createTsconfig } from './tsconfig.ts';
import { learnType } from './type-imports.ts';

export type { Compile, RegisterSource } from './module-text.ts';
export type { CompilerOptions } from './tsconfig.ts';

/** What the loader needs from the cell process. */
export interface LoaderOptions {
  /** The notebook's folder: imports start here. */
  readonly directory: string;
  /** Compiles a local file synchronously; throws a SyntaxError if it does not parse. */
  readonly compile: Compile;
  /** Registers a compiled local file, for tracebacks. */
  readonly registerSource: RegisterSource;
  /** Specifier → file URL of the instance that runs the loop, for every importer: cokernel, cokernel/compiled … */
  readonly instances: Readonly<Record<string, string>>;
  /** The notebook's file name, if it is known. */
  readonly notebook?: string;
}

/** `import.meta` of a cell. */
export interface CellMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  readonly resolve: (specifier: string) => string;
  /** The notebook is the main program, so its cells run code guarded by `import.meta.main`. */
  readonly main: true;
}

/** Imports on behalf of cells. */
export interface Loader {
  readonly directory: string;
  /** As `import(specifier, { with: attributes })` in a file beside the notebook. */
  readonly import: (
    specifier: string | URL,
    attributes?: ImportAttributes,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** Why the module that was imported as `specifier` gives no such name. */
  readonly lacks: (specifier: string, name: string) => string;
  /** Whether TypeScript knows the module, and so tells of names that it does not have. */
  readonly isTyped: (specifier: string) => boolean;
  readonly require: NodeJS.Require;
  readonly meta: CellMeta;
  /** Compiler options of the tsconfig.json nearest above the notebook, if there is one. */
  readonly tsconfig: () => CompilerOptions | undefined;
  /** To be called as each cell starts: notices edits, at the cost of a stat per imported local file. */
  readonly refresh: () => void;
  /** To be called after V8 terminated running code: half-imported files will be imported afresh. */
  readonly interrupted: () => void;
}

/** Where cokernel's own files lie: dist/ when bundled, else runtime/. Their imports are left to Node. */
const OWN = /^.*\/dist\/(?=runtime\/|chunks\/)|^.*\/runtime\/(?=cell\/)/.exec(import.meta.url)?.[0] ?? import.meta.url;

/** Makes the loader of this process. Nothing is hooked before the first import of something that is not built in. */
export function createLoader(options: LoaderOptions): Loader {
  const { directory, instances } = options;
  const filename = join(directory, notebookName(options.notebook));
  const url = pathToFileURL(filename).href;
  const nativeRequire = createRequire(filename);
  const graph = createGraph(nativeRequire.cache);
  const tsconfig = createTsconfig(directory);
  const requests = new Map<string, Request>();
  const lacking = new Map<string, string>();
  let count = 0;
  let hooked = false;

  // Checks immediately: Node's require answers from its cache without calling any hook.
  function refresh(): void {
    tsconfig.refresh();
    if (hooked) graph.nextCell(requests.size === 0);
  }

  /** The same, for edits made by the running cell. */
  function look(): void {
    tsconfig.refresh();
    graph.check();
  }

  function failed({ entry }: Request): void {
    if (entry === undefined) return;
    const others = [...requests.values()].map((request) => request.entry);
    graph.failed(
      entry,
      others.filter((other) => other !== undefined),
    );
  }

  function hook(): void {
    if (hooked) return;
    hooked = true;
    const isOwn = (file: string) => file.startsWith(OWN);
    const versions = createVersionGuard();
    registerHooks(createHooks({ ...options, graph, tsconfig, versions, requests, notebook: url, isOwn }));
    Object.defineProperty(globalThis, MARKS, { value: createMarks(graph), configurable: true });
  }

  async function importFrom(given: string | URL, attributes?: ImportAttributes) {
    const specifier = `${given}`;
    const instance = instances[specifier];
    if (instance !== undefined) return asAtStart(() => import(instance));
    if (isBuiltin(specifier) && !isModuleModule(specifier)) return asAtStart(() => import(specifier));
    hook();
    look();
    for (;;) {
      const request: Request = { specifier };
      try {
        return membersOf(await evaluated(request, attributes));
      } catch (error) {
        const again = learnType(error, request.entry, graph);
        failed(request);
        if (!again) throw brokenPackage(error, graph.latest());
      }
    }
  }

  async function evaluated(request: Request, attributes: ImportAttributes | undefined) {
    const name = `cokernel-import:${count++}`;
    requests.set(name, request);
    try {
      const namespace = await asAtStart(() => import(name, { with: attributes ?? {} }));
      if (request.entry !== undefined) graph.succeeded(request.entry);
      if (request.lacks !== undefined) lacking.set(request.specifier, request.lacks);
      else lacking.delete(request.specifier);
      return namespace;
    } finally {
      requests.delete(name);
    }
  }

  function resolveFrom(specifier: string): string {
    hook();
    const name = `cokernel-import:${count++}`;
    requests.set(name, { specifier });
    try {
      return withoutVersion(import.meta.resolve(name));
    } catch (error) {
      return unfound(specifier, url, error);
    } finally {
      requests.delete(name);
    }
  }

  const hookedRequire = ((id: string) => {
    if (!isBuiltin(id) || isModuleModule(id)) hook();
    look();
    try {
      return nativeRequire(id);
    } catch (error) {
      throw brokenPackage(error, graph.latest());
    }
  }) as NodeJS.Require;
  const resolve = Object.assign(
    (id: string, how?: { paths?: string[] }) => {
      hook();
      return nativeRequire.resolve(id, how);
    },
    { paths: nativeRequire.resolve.paths },
  );
  const { cache, extensions, main } = nativeRequire;

  return {
    directory,
    import: importFrom,
    lacks: (specifier, name) =>
      lacking.get(specifier) ?? `The requested module '${specifier}' does not provide an export named '${name}'`,
    isTyped(specifier) {
      if (specifier in instances || isBuiltin(specifier)) return true;
      const url = resolveFrom(specifier);
      return url.startsWith('file:') && isTyped(fileURLToPath(url), directory);
    },
    require: Object.assign(hookedRequire, { cache, extensions, main, resolve }),
    meta: { url, filename, dirname: dirname(filename), resolve: resolveFrom, main: true },
    tsconfig: tsconfig.options,
    refresh,
    interrupted: graph.interrupted,
  };
}

/** `node:module` offers other ways to import (createRequire), which go through the hooks too. */
function isModuleModule(specifier: string): boolean {
  return specifier === 'module' || specifier === 'node:module';
}

/** Jupyter servers pass the notebook's name in JPY_SESSION_NAME; other front ends do not. */
function notebookName(given: string | undefined): string {
  const name = given ?? process.env.JPY_SESSION_NAME ?? '';
  return name.endsWith('.ipynb') ? basename(name) : 'notebook.ipynb';
}
