// Modules of which only the types are there: packages like type-fest and @types/geojson, and local files that have a
// .d.ts alone. At run time such a module exports nothing. And whether a module has types at all.

import { join } from 'node:path';
import { kindOf } from './candidates.ts';
import { nodeModulesFrom, packageName, readPackage } from './packages.ts';
import { choose } from './subpaths.ts';

const ENDINGS = ['.d.ts', '.d.mts', '.d.cts'];

/** The declarations that a path without JavaScript means; undefined where there are none. */
export function declarationsAt(path: string): string | undefined {
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  const names = [
    path,
    ...ENDINGS.map((ending) => bare + ending),
    ...ENDINGS.map((ending) => join(path, `index${ending}`)),
  ];
  return names.find((name) => /\.d\.[cm]?ts$/.test(name) && kindOf(name) === 'file');
}

/** Whether TypeScript knows the module that is at `path`: it is TypeScript, or has declarations beside it or in @types. */
export function isTyped(path: string, directory: string): boolean {
  if (/\.[cm]?tsx?$/.test(path) || declarationsAt(path) !== undefined) return true;
  const [, folder, name] = /^(.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+))[/\\]/.exec(path) ?? [];
  if (folder === undefined || name === undefined) return false;
  const { types, typings, exports } = readPackage(folder) ?? {};
  if (typeof (types ?? typings) === 'string' || declares(exports)) return true;
  return declarationsFor(name.replaceAll('\\', '/'), directory) !== undefined;
}

/** Whether one of the conditions of an entry of "exports" is "types". */
function declares(entry: unknown): boolean {
  if (entry === null || typeof entry !== 'object') return false;
  return Object.entries(entry).some(([condition, target]) => condition.startsWith('types') || declares(target));
}

/** The declarations of an installed package's subpath, for which the package promises no JavaScript. */
export function declarationsIn(folder: string, specifier: string): string | undefined {
  const manifest = readPackage(folder) ?? {};
  const subpath = specifier.slice(packageName(specifier).length);
  if (manifest.exports !== undefined) {
    const target = choose(exported(manifest.exports, `.${subpath}`), ['types', 'import', 'node']);
    return target === undefined ? undefined : declarationsAt(join(folder, target));
  }
  if (subpath !== '') return declarationsAt(join(folder, subpath));
  const promises = [manifest.main, manifest.module].some((entry) => typeof entry === 'string' && entry !== '');
  const types = manifest.types ?? manifest.typings;
  if (promises) return undefined;
  return declarationsAt(join(folder, typeof types === 'string' ? types : 'index.d.ts'));
}

/** The same of a package that is not installed, by its types in `node_modules/@types`. */
export function declarationsFor(specifier: string, directory: string): string | undefined {
  const name = packageName(specifier);
  const own = `@types/${name.replace(/^@(.+)\//, '$1__')}`;
  for (const folder of nodeModulesFrom(directory)) {
    const at = join(folder, own);
    if (kindOf(at) === 'folder') return declarationsIn(at, own + specifier.slice(name.length));
  }
  return undefined;
}

function exported(exports: unknown, subpath: string): unknown {
  const keys = exports !== null && typeof exports === 'object' ? Object.keys(exports) : [];
  if (!keys.some((key) => key.startsWith('.'))) return subpath === '.' ? exports : undefined;
  return (exports as Readonly<Record<string, unknown>>)[subpath];
}
