// Which file a path in an import means: itself, with an extension added, the TypeScript behind a .js name, or an index.
// Packages are in packages.ts, aliases in tsconfig.ts.

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The extensions that an import may leave out, in the order in which they are tried. */
export const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'] as const;

/** TypeScript imports name the file that its compiler would write (`./x.js`); the source beside it is what exists. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The file that was found, or every file that was looked for. */
export type Found = { readonly path: string } | { readonly tried: readonly string[] };

/** Finds the file that `path` (absolute) means. Links are followed, so that each file has one name. */
export function findFile(path: string): Found {
  const tried: string[] = [];
  const hit = /[\\/]$/.test(path) ? findInFolder(path, tried) : (findBeside(path, tried) ?? findInFolder(path, tried));
  return hit === undefined ? { tried } : { path: realpathSync(hit) };
}

function findBeside(path: string, tried: string[]): string | undefined {
  const names = [path];
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (extension !== undefined) {
    for (const other of BEHIND[extension] ?? []) names.push(path.slice(0, -extension.length) + other);
  }
  if (!(EXTENSIONS as readonly string[]).includes(extname(path)))
    for (const added of EXTENSIONS) names.push(path + added);
  return first(names, tried);
}

function findInFolder(path: string, tried: string[]): string | undefined {
  if (kindOf(path) !== 'folder') return undefined;
  const main = mainOf(path);
  if (main !== undefined) {
    const target = join(path, main);
    const hit = findBeside(target, tried) ?? first(indexes(target), tried);
    if (hit !== undefined) return hit;
  }
  return first(indexes(path), tried);
}

function indexes(folder: string): string[] {
  return EXTENSIONS.map((extension) => join(folder, `index${extension}`));
}

function mainOf(folder: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown };
    return typeof main === 'string' ? main : undefined;
  } catch {
    return undefined;
  }
}

function first(names: readonly string[], tried: string[]): string | undefined {
  for (const name of names) {
    if (kindOf(name) === 'file') return name;
    tried.push(name);
  }
  return undefined;
}

/** What is at a path. Never throws: a path that cannot be examined counts as missing. */
export function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() ? 'folder' : stats === undefined ? undefined : 'file';
  } catch {
    return undefined;
  }
}
