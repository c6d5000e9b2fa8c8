// The files that a specifier may mean, as TypeScript looks for them: existing or not, because a missing file may be
// created later. Reads package.json files and tsconfig.json; watching is in files.ts.

import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { createPathsMatcher } from 'get-tsconfig';
import { nearestTsconfig } from '../files/nearest-tsconfig.ts';

const EXTENSIONS = ['ts', 'tsx', 'mts', 'cts', 'd.ts', 'd.mts', 'd.cts', 'js', 'jsx', 'mjs', 'cjs', 'json'];
/** What a JavaScript file's name may stand for. */
const SOURCES = ['ts', 'tsx', 'mts', 'cts', 'd.ts', 'd.mts', 'd.cts'];

type Manifest = Readonly<Record<string, unknown>>;

/** Where a package is installed, and what to watch of it. */
export interface WatchedPaths {
  readonly files: readonly string[];
  /** The package.json of the installed package that is meant, if it is one. */
  readonly manifest?: string;
}

/** The files of a specifier in a file in the folder `from`; `paths` are those of the notebook's tsconfig.json. */
export function watchedPaths(specifier: string, from: string, paths: (specifier: string) => string[]): WatchedPaths {
  if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier) || path.isAbsolute(specifier)) {
    return { files: around(path.resolve(from, specifier)) };
  }
  if (specifier.startsWith('#')) return { files: subpathImport(specifier, from) };
  const mapped = paths(specifier).flatMap(around);
  const { files, manifest } = inPackages(specifier, from);
  return { files: [...mapped, ...files], manifest };
}

/** The matcher of a folder's tsconfig.json, which is read now. */
export function pathsOf(directory: string): (specifier: string) => string[] {
  try {
    const found = nearestTsconfig(directory);
    return (found && createPathsMatcher(found)) ?? (() => []);
  } catch {
    return () => []; // The cell that imports says what is wrong with it.
  }
}

/** A path, with what may be added to it, and what may stand behind its extension. */
function around(target: string): string[] {
  const bare = target.replace(/\.[cm]?jsx?$/, '');
  return [
    target,
    ...EXTENSIONS.map((extension) => `${target}.${extension}`),
    ...(bare === target ? [] : SOURCES.map((extension) => `${bare}.${extension}`)),
    path.join(target, 'package.json'),
    ...EXTENSIONS.map((extension) => path.join(target, `index.${extension}`)),
  ];
}

function subpathImport(name: string, from: string): string[] {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    const manifest = read(file);
    if (manifest)
      return [file, ...targets(manifest.imports, name).flatMap((target) => around(path.join(folder, target)))];
    if (folder === path.dirname(folder)) return [];
  }
}

/** The package in each node_modules above. Of one that is linked, which is somebody's own work, also its sources. */
function inPackages(specifier: string, from: string): WatchedPaths {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const subpath = `.${specifier.slice(name.length)}`;
  const files: string[] = [];
  let manifest: string | undefined;
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    const own = read(path.join(place, 'package.json'));
    if (own) manifest ??= path.join(place, 'package.json');
    files.push(path.join(place, 'package.json'), path.join(place, 'index.d.ts'));
    const real = own && realpathSync(place);
    if (real && !real.includes('node_modules')) files.push(...linked(real, own, subpath));
    if (folder === path.dirname(folder)) return { files, ...(manifest === undefined ? {} : { manifest }) };
  }
}

function linked(folder: string, manifest: Manifest, subpath: string): string[] {
  const entries = [manifest.types, manifest.typings, manifest.main, manifest.module].filter(
    (entry) => entry !== undefined,
  );
  const named = manifest.exports === undefined ? [] : targets(manifest.exports, subpath);
  const own = manifest.exports === undefined ? [subpath === '.' ? entries : subpath].flat() : named;
  return [path.join(folder, 'package.json'), ...[...own, '.'].flatMap((one) => around(path.join(folder, String(one))))];
}

/** Every path that `imports` or `exports` give for a key, under any condition. */
function targets(map: unknown, key: string): string[] {
  if (typeof map === 'string' || !isRecord(map)) return key === '.' ? leaves(map) : [];
  const keys = Object.keys(map);
  if (!keys.some((one) => /^[.#]/.test(one))) return key === '.' ? leaves(map) : [];
  return keys.flatMap((one) => {
    const [before = '', after] = one.split('*');
    if (after === undefined) return one === key ? leaves(map[one]) : [];
    if (!key.startsWith(before) || !key.endsWith(after) || key.length < one.length) return [];
    const star = key.slice(before.length, key.length - after.length);
    return leaves(map[one]).map((leaf) => leaf.replaceAll('*', () => star));
  });
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('.') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

function read(file: string): Manifest | undefined {
  try {
    // Reading a named pipe would wait for ever.
    if (!statSync(file).isFile()) return undefined;
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
