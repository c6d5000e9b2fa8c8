// The two hooks through which Node asks what a specifier means and what a file contains.
// Local files are handled by candidates.ts and module-text.ts, packages and built-in modules by Node.

import { realpathSync } from 'node:fs';
import { isBuiltin, type LoadHookSync, type ResolveFnOutput, type ResolveHookSync } from 'node:module';
import { dirname, extname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bareSpecifier, registrySpecifier } from '../../compile/registry-specifier.ts';
import { findFile, kindOf } from './candidates.ts';
import { isCommonJs } from './commonjs.ts';
import {
  type Failed,
  fileNotFound,
  importsFailed,
  notAModule,
  packageFailed,
  packageNotFound,
  typesAlone,
} from './explain.ts';
import { addressRefused } from './explain-address.ts';
import type { Graph, Node } from './import-graph.ts';
import { betweenText, betweenUrl, WHOLE } from './interop.ts';
import { readLocal } from './local-module.ts';
import {
  type Compile,
  isLocalModule,
  jsonModule,
  moduleSource,
  parseJson,
  type RegisterSource,
} from './module-text.ts';
import { declarationsAt, declarationsFor, declarationsIn } from './only-types.ts';
import {
  type createVersionGuard,
  installFolder,
  isInstalled,
  packageFolder,
  packageName,
  readPackage,
} from './packages.ts';
import { requiredFile } from './required-file.ts';
import { subpathImport } from './subpaths.ts';
import type { createTsconfig } from './tsconfig.ts';
import { MARKS_TEXT } from './whole-imports.ts';

type ResolveContext = Parameters<ResolveHookSync>[1];
type NextResolve = Parameters<ResolveHookSync>[2];

/** A cell's import under way. */
export interface Request {
  readonly specifier: string;
  /** The file it resolved to; set by the hook. */
  entry?: Node;
  /** Where there are only types: why it gives no value; set by the hook. */
  lacks?: string;
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
/** The module that stands for one of which only the types are there. */
const NOTHING = 'cokernel-types:';

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
    const whole = specifier.startsWith(WHOLE);
    const wanted = request?.specifier ?? (whole ? specifier.slice(WHOLE.length) : specifier);
    const parent = request === undefined ? withoutVersion(parentURL as string) : notebook;
    const instance = instances[bareSpecifier(wanted)];
    const result =
      instance !== undefined
        ? { url: instance, shortCircuit: true }
        : instanceOf(meaning(wanted, { ...context, parentURL: parent }, next, request), parent, request);
    if (whole) return { url: betweenUrl(result.url, 'whole'), format: 'module', shortCircuit: true };
    return request === undefined && instance === undefined ? between(result, wanted, parent, context) : result;
  };

  /** A local file gets a CommonJS module by way of another, which has the names that it wants. */
  function between(result: ResolveFnOutput, specifier: string, parent: string, context: ResolveContext) {
    if (!result.url.startsWith('file:') || !parent.startsWith('file:') || !context.conditions?.includes('import')) {
      return result;
    }
    const importer = graph.nodes.get(fileURLToPath(parent));
    if (!importer?.local || !isCommonJs(fileURLToPath(result.url), result.format)) return result;
    const names = [...(importer.wanted.get(specifier) ?? [])];
    return { url: betweenUrl(result.url, names), format: 'module', shortCircuit: true } as const;
  }

  function meaning(
    specifier: string,
    context: ResolveContext,
    next: NextResolve,
    request: Request | undefined,
  ): ResolveFnOutput {
    const parent = context.parentURL as string;
    if (isBuiltin(specifier) || !parent.startsWith('file:')) return next(specifier, context);
    const importer = fileURLToPath(parent);
    const failed: Failed = {
      specifier,
      directory: dirname(importer),
      home: installFolder(dirname(importer), dirname(fileURLToPath(notebook))),
      importer: parent === notebook ? 'the notebook' : importer,
      code: context.conditions?.includes('require') ? 'MODULE_NOT_FOUND' : 'ERR_MODULE_NOT_FOUND',
    };
    if (isInstalled(importer)) {
      // Left to Node, except for missing packages: require() caches their absence and would not see a later install.
      if (!isBare(specifier) || packageFolder(packageName(specifier), failed.directory) !== undefined) {
        return asRequired(() => next(specifier, context), undefined);
      }
      throw packageNotFound(failed);
    }
    if (/^(\.{0,2}[\\/]|\.{1,2}$|file:)/.test(specifier) || isAbsolute(specifier))
      return fileMeant(failed, context, request);
    if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) {
      if (/^(data|node):/i.test(specifier)) return next(specifier, context);
      const asked = registrySpecifier(specifier);
      if (asked === undefined) throw addressRefused(failed);
      return installed({ ...failed, specifier: asked.name + asked.subpath, asked }, context, next, request);
    }
    if (specifier.startsWith('#')) return subpath(failed, context, next, request);
    return aliased(failed, context) ?? installed(failed, context, next, request);
  }

  function fileMeant(failed: Failed, context: ResolveContext, request: Request | undefined): ResolveFnOutput {
    const { path, search } = place(failed, context);
    const found = findFile(path);
    if ('path' in found) return fileAt(found.path, search, context);
    return nothing(failed, declarationsAt(path), request) ?? raise(fileNotFound(failed, path, found.tried));
  }

  /**
   * The empty module, where there are declarations and no value is asked of them: by a cell, which may use names as types,
   * or by a file that only exports them again.
   */
  function nothing(
    failed: Failed,
    declarations: string | undefined,
    request: Request | undefined,
  ): ResolveFnOutput | undefined {
    if (declarations === undefined || failed.code === 'MODULE_NOT_FOUND') return undefined;
    if (request !== undefined) request.lacks = typesAlone(failed, declarations);
    else if (!graph.nodes.get(failed.importer)?.forwards.has(failed.specifier)) return undefined;
    return { url: NOTHING + encodeURIComponent(failed.specifier), format: 'module', shortCircuit: true };
  }

  function aliased(failed: Failed, context: ResolveContext): ResolveFnOutput | undefined {
    for (const candidate of tsconfig.candidates(failed.specifier)) {
      const found = findFile(candidate);
      if ('path' in found) return fileAt(found.path, '', context);
    }
    return undefined;
  }

  function installed(
    failed: Failed,
    context: ResolveContext,
    next: NextResolve,
    request: Request | undefined,
  ): ResolveFnOutput {
    const { specifier, directory } = failed;
    const name = packageName(specifier);
    const folder = packageFolder(name, directory);
    if (folder === undefined) {
      return nothing(failed, declarationsFor(specifier, directory), request) ?? raise(packageNotFound(failed));
    }
    versions.check(name, folder);
    // A package outside of every node_modules (NODE_PATH) finds itself by its "exports".
    const own = { ...context, parentURL: pathToFileURL(join(folder, 'package.json')).href };
    const elsewhere = readPackage(folder)?.exports === undefined ? undefined : () => next(specifier, own);
    try {
      const result = asRequired(() => next(specifier, context), join(folder, specifier.slice(name.length)), elsewhere);
      versions.note(folder);
      return result;
    } catch (error) {
      return nothing(failed, declarationsIn(folder, specifier), request) ?? raise(packageFailed(failed, folder, error));
    }
  }

  function subpath(
    failed: Failed,
    context: ResolveContext,
    next: NextResolve,
    request: Request | undefined,
  ): ResolveFnOutput {
    const found = subpathImport(failed.specifier, failed.directory, context.conditions ?? []);
    if (!('target' in found)) throw importsFailed(failed, found.folder, found.names);
    const parentURL = pathToFileURL(join(found.folder, 'package.json')).href;
    if (isBuiltin(found.target)) return next(found.target, { ...context, parentURL });
    const target = { ...failed, specifier: found.target, directory: found.folder };
    return found.target.startsWith('./')
      ? fileMeant(target, { ...context, parentURL }, request)
      : installed(target, { ...context, parentURL }, next, request);
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
    const own = url.startsWith(NOTHING) ? 'export {};' : betweenText(url, MARKS_TEXT, withoutVersion);
    if (own !== undefined) return { format: 'module', source: own, shortCircuit: true };
    if (!url.startsWith('file:') || options.isOwn(url)) return next(url, context);
    const path = fileURLToPath(url);
    const node = graph.nodes.get(path);
    if (node === undefined) return next(url, context);
    graph.loaded(node);
    if (extname(path) === '.json') return loadJson(node, context.importAttributes, context.conditions);
    if (!node.local) return next(url, context);
    const source = graph.read(node);
    const read = readLocal(node, source, tsconfig.options() ?? {});
    // The parser may have been loaded meanwhile.
    graph.loaded(node);
    node.wanted = read.wanted;
    node.forwards = read.forwards;
    const output = moduleSource({ url, path, source, read }, options.compile, options.registerSource);
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

/**
 * Node's answer, or else the file that require would find: at the path that Node looked for last, or at `path`, by
 * `elsewhere` if the package has its own say.
 */
function asRequired(
  find: () => ResolveFnOutput,
  path: string | undefined,
  elsewhere?: () => ResolveFnOutput,
): ResolveFnOutput {
  try {
    return find();
  } catch (error) {
    const { code, url } = error as { code?: unknown; url?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNSUPPORTED_DIR_IMPORT') throw error;
    const at = typeof url === 'string' && url.startsWith('file:') ? fileURLToPath(url) : path;
    if (url === undefined && elsewhere !== undefined) return elsewhere();
    const found = at === undefined ? undefined : requiredFile(at);
    if (found === undefined) throw error;
    return { url: pathToFileURL(realpathSync(found)).href, shortCircuit: true };
  }
}

function raise(error: unknown): never {
  throw error;
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
