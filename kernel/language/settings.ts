// The compiler settings of a notebook: those of its folder's tsconfig.json, or strict ones where there is none, both
// overridden by what cells need. The result is the text of a tsconfig.json that is kept in memory.

import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { TsConfigJson } from 'get-tsconfig';
import { nearestTsconfig } from '../files/nearest-tsconfig.ts';
import { bringsBrowser } from './built-in.ts';
import { nodePathPackages } from './node-path.ts';

/** Where this package's own types lie. */
export interface PackageTypes {
  /** What `cokernel` and its subpaths resolve to: specifier → file. */
  readonly modules: Readonly<Record<string, string>>;
  /** Declarations of the kernel's global names. */
  readonly globals: readonly string[];
  /** The folder of `@types` that this package brings. */
  readonly types: string;
}

const defaults = { target: 'esnext', lib: ['esnext'], strict: true, jsx: 'react-jsx', jsxImportSource: 'cokernel' };

/** Cells are modules that emit nothing, may use globals freely, and may leave names unused. */
const forced = {
  module: 'preserve',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  allowImportingTsExtensions: true,
  allowUmdGlobalAccess: true,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowJs: true,
  checkJs: false,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  rewriteRelativeImportExtensions: false,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
};

/** Options for where output goes, or that TypeScript 7 no longer knows. */
const dropped = ['rootDir', 'outDir', 'outFile', 'declarationDir', 'tsBuildInfoFile', 'baseUrl', 'plugins'];

/** The text of the tsconfig.json that the server sees in `directory`, with `files` as its only roots. */
export function settingsText(
  directory: string,
  own: PackageTypes,
  files: readonly string[],
  language = process.env.COKERNEL_LANGUAGE,
): string {
  const found = nearestTsconfig(directory);
  const presumed = language === 'javascript' ? { ...defaults, noImplicitAny: false } : defaults;
  const options = { ...(found ? found.config.compilerOptions : presumed) } as Record<string, unknown>;
  const home = found ? path.dirname(found.path) : directory;
  const base = path.resolve(home, typeof options.baseUrl === 'string' ? options.baseUrl : '.');
  for (const name of dropped) delete options[name];
  if (options.jsx === undefined)
    Object.assign(options, { jsx: defaults.jsx, jsxImportSource: defaults.jsxImportSource });
  const wanted = Array.isArray(options.types) ? options.types : [];
  return JSON.stringify({
    compilerOptions: {
      target: 'esnext',
      ...options,
      ...forced,
      paths: {
        ...nodePathPackages(directory),
        ...absolutePaths(options.paths, base),
        ...mapValues(own.modules, (file) => [file]),
      },
      rootDirs: undefined,
      types: [...new Set([...wanted, 'node'])],
      typeRoots: [...typeRoots(options.typeRoots, home, directory), own.types],
      // Packages written for Node alone declare their types under this condition.
      customConditions: [...new Set([...((options.customConditions as string[] | undefined) ?? []), 'node'])],
    },
    files: [...own.globals, ...files],
    include: [],
    typeAcquisition: { enable: false },
  });
}

/** Whether cells are checked with the names of the DOM, which Node does not have. */
export function hasBrowser(directory: string): boolean {
  const found = nearestTsconfig(directory);
  return found !== null && bringsBrowser(found.config.compilerOptions);
}

/** A text that changes when the settings may have changed on disk. */
export function settingsStamp(directory: string): string {
  const found = nearestTsconfig(directory);
  return found ? `${found.path} ${statSync(found.path).mtimeMs}` : '';
}

function absolutePaths(paths: TsConfigJson.CompilerOptions['paths'] | unknown, base: string): Record<string, string[]> {
  if (typeof paths !== 'object' || paths === null) return {};
  return mapValues(paths as Record<string, string[]>, (targets) => targets.map((target) => path.resolve(base, target)));
}

/** Every `node_modules/@types` in the folder and above, where TypeScript itself would look. */
function typeRoots(given: unknown, home: string, directory: string): string[] {
  if (Array.isArray(given)) return given.map((root: string) => path.resolve(home, root));
  const roots: string[] = [];
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    const root = path.join(folder, 'node_modules', '@types');
    if (existsSync(root)) roots.push(root);
    if (folder === path.dirname(folder)) return roots;
  }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
