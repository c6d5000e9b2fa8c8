// The two hooks through which Node asks what a specifier means and what a file contains.
// Local files are handled by candidates.ts and module-text.ts, packages and built-in modules by Node.

import { isBuiltin, type LoadHookSync, type ResolveFnOutput, type ResolveHookSync } from 'node:module';
import { dirname, extname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findFile, kindOf } from './candidates.ts';
import {
  addressRefused,
  type Failed,
  fileNotFound,
  importsFailed,
  notAModule,
  packageFailed,
  packageNotFound,
} from './explain.ts';
import type { Graph, Node } from './import-graph.ts';
import {
  type Compile,
  isLocalModule,
  jsonModule,
  moduleSource,
  parseJson,
  type RegisterSource,
} from './module-text.ts';
import { type createVersionGuard, isInstalled, packageFolder, packageName } from './packages.ts';
import { subpathImport } from './subpaths.ts';
import type { createTsconfig } from './tsconfig.ts';

type ResolveContext = Parameters<ResolveHookSync>[1];
type NextResolve = Parameters<ResolveHookSync>[2];

/** A cell's import under way. */
export interface Request {
  readonly specifier: string;
  /** The file it resolved to; set by the hook. */
  entry?: Node;
}

/** What the hooks need. */
export interface HookOptions {
  readonly graph: Graph;
  readonly tsconfig: ReturnType<typeof createTsconfig>;
  readonly versions: ReturnType<typeof createVersionGuard>;
  readonly instances: Readonly<Record<string, string>>;
  readonly compile: Compile;
  readonly registerSource: RegisterSource;
  /** Requests of cells, by the invented specifier under which they reach Node. */
  readonly requests: Map<string, Request>;
  /** URL of the notebook, the parent of everything that cells import. */
  readonly notebook: string;
  /** Whether a URL is one of cokernel's own files, which are left to Node. */
  readonly isOwn: (url: string) => boolean;
}

/** The URL parameter that distinguishes the instances of one file. */
const VERSION = /([?&])cokernel=\d+$/;

/** A URL without that parameter, as people should see it. */
export function withoutVersion(url: string): string {
  return url.replace(VERSION, '');
}

/** Makes the hooks for module.registerHooks. */
export function createHooks(options: HookOptions): { resolve: ResolveHookSync; load: LoadHookSync } {
  const { graph, tsconfig, versions, instances, requests, notebook } = options;

  const resolve: ResolveHookSync = (specifier, context, next) => {
    const { parentURL } = context;
    const request = requests.get(specifier);
    if (request === undefined && (parentURL === undefined || options.isOwn(parentURL))) return next(specifier, context);
    const wanted = request?.specifier ?? specifier;
    const instance = instances[wanted];
    if (instance !== undefined) return { url: instance, shortCircuit: true };
    const parent = request === undefined ? withoutVersion(parentURL as string) : notebook;
    const result = meaning(wanted, { ...context, parentURL: parent }, next);
    return instanceOf(result, parent, request);
  };

  function meaning(specifier: string, context: ResolveContext, next: NextResolve): ResolveFnOutput {
    const parent = context.parentURL as string;
    if (isBuiltin(specifier) || !parent.startsWith('file:')) return next(specifier, context);
    const importer = fileURLToPath(parent);
    const failed: Failed = {
      specifier,
      directory: dirname(importer),
      importer: parent === notebook ? 'the notebook' : importer,
      code: context.conditions?.includes('require') ? 'MODULE_NOT_FOUND' : 'ERR_MODULE_NOT_FOUND',
    };
    if (isInstalled(importer)) {
      // Left to Node, except for missing packages: require() caches their absence and would not see a later install.
      if (!isBare(specifier) || packageFolder(packageName(specifier), failed.directory) !== undefined) {
        return next(specifier, context);
      }
      throw packageNotFound(failed);
    }
    if (/^(\.{0,2}[\\/]|\.{1,2}$|file:)/.test(specifier) || isAbsolute(specifier)) return fileMeant(failed, context);
    if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) {
      if (/^(data|node):/i.test(specifier)) return next(specifier, context);
      throw addressRefused(failed);
    }
    if (specifier.startsWith('#')) return subpath(failed, context, next);
    return aliased(failed, context) ?? installed(failed, context, next);
  }

  function fileMeant(failed: Failed, context: ResolveContext): ResolveFnOutput {
    const { path, search } = place(failed, context);
    const found = findFile(path);
    if (!('path' in found)) throw fileNotFound(failed, path, found.tried);
    return fileAt(found.path, search, context);
  }

  function aliased(failed: Failed, context: ResolveContext): ResolveFnOutput | undefined {
    for (const candidate of tsconfig.candidates(failed.specifier)) {
      const found = findFile(candidate);
      if ('path' in found) return fileAt(found.path, '', context);
    }
    return undefined;
  }

  function installed(failed: Failed, context: ResolveContext, next: NextResolve): ResolveFnOutput {
    const name = packageName(failed.specifier);
    const folder = packageFolder(name, failed.directory);
    if (folder === undefined) throw packageNotFound(failed);
    versions.check(name, folder);
    try {
      const result = next(failed.specifier, context);
      versions.note(folder);
      return result;
    } catch (error) {
      throw packageFailed(failed, folder, error);
    }
  }

  function subpath(failed: Failed, context: ResolveContext, next: NextResolve): ResolveFnOutput {
    const found = subpathImport(failed.specifier, failed.directory, context.conditions ?? []);
    if (!('target' in found)) throw importsFailed(failed, found.folder, found.names);
    const parentURL = pathToFileURL(join(found.folder, 'package.json')).href;
    if (isBuiltin(found.target)) return next(found.target, { ...context, parentURL });
    const target = { ...failed, specifier: found.target, directory: found.folder };
    return found.target.startsWith('./')
      ? fileMeant(target, { ...context, parentURL })
      : installed(target, { ...context, parentURL }, next);
  }

  /** Gives the URL of the file's current instance, and notes who imports it. */
  function instanceOf(result: ResolveFnOutput, parent: string, request: Request | undefined): ResolveFnOutput {
    if (!result.url.startsWith('file:') || options.isOwn(result.url)) return result;
    const path = fileURLToPath(result.url);
    const local = isLocalModule(path);
    if (!local && !isInstalled(path)) return result;
    const node = graph.node(path, local);
    if (request !== undefined) request.entry = node;
    else if (parent.startsWith('file:') && parent !== notebook) {
      const importer = graph.nodes.get(fileURLToPath(parent));
      if (importer !== undefined) graph.link(importer, node);
    }
    if (node.version === 0) return result;
    return { ...result, url: `${result.url}${result.url.includes('?') ? '&' : '?'}cokernel=${node.version}` };
  }

  const load: LoadHookSync = (url, context, next) => {
    if (!url.startsWith('file:') || options.isOwn(url)) return next(url, context);
    const path = fileURLToPath(url);
    const node = graph.nodes.get(path);
    if (node === undefined) return next(url, context);
    graph.loaded(node);
    if (extname(path) === '.json') return loadJson(node, context.importAttributes, context.conditions);
    if (!node.local) return next(url, context);
    const output = moduleSource(
      { url, path, source: graph.read(node), types: node.types },
      options.compile,
      options.registerSource,
    );
    node.kind = output.format === 'module' ? 'marked' : 'plain';
    if (node.kind === 'marked') node.unfinished.set(url, 'loaded');
    return output;
  };

  function loadJson(node: Node, attributes: { type?: string } | undefined, conditions: readonly string[]) {
    const source = graph.read(node);
    if (attributes?.type !== 'json' && !conditions.includes('require')) return jsonModule(node.path, source);
    parseJson(node.path, source);
    return { format: 'json', source, shortCircuit: true } as const;
  }

  return { resolve, load };
}

function isBare(specifier: string): boolean {
  return !/^[./#\\]|^[a-z][a-z\d+.-]*:/i.test(specifier);
}

/** For `import` a path is a URL, with escapes and a query; for `require` it is a path. */
function place(failed: Failed, context: ResolveContext): { path: string; search: string } {
  const { specifier, directory } = failed;
  const literal = isAbsolute(specifier) ? specifier : resolvePath(directory, specifier);
  const ending = /[\\/]$/.test(specifier) ? '/' : '';
  if (context.conditions?.includes('require') && !specifier.startsWith('file:')) {
    return { path: literal + ending, search: '' };
  }
  // A name that contains # or % is more often a file's name than an escape.
  if (!specifier.startsWith('file:') && kindOf(literal) === 'file') return { path: literal, search: '' };
  const url = /^[a-z]:[\\/]/i.test(specifier) ? pathToFileURL(specifier) : new URL(specifier, context.parentURL);
  return { path: fileURLToPath(url), search: url.search };
}

function fileAt(path: string, search: string, context: ResolveContext): ResolveFnOutput {
  if (!isLocalModule(path) && !isInstalled(path) && !/\.(node|wasm)$/.test(path)) throw notAModule(path);
  return { url: pathToFileURL(path).href + search, importAttributes: context.importAttributes, shortCircuit: true };
}
