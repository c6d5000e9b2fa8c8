// Which file of an installed package a path means by the rules of require: with an extension added, or a folder's main
// file. Node's rule for import adds nothing; bundlers, and TypeScript for them, add the same.

import { join } from 'node:path';
import { kindOf } from './candidates.ts';
import { readPackage } from './packages.ts';

/** What require adds, in this order, and then what only modules are called. */
const ADDED = ['', '.js', '.json', '.node', '.mjs', '.cjs'];

/** The file, or undefined where there is none. */
export function requiredFile(path: string): string | undefined {
  return asFile(path) ?? (kindOf(path) === 'folder' ? inFolder(path) : undefined);
}

function asFile(path: string): string | undefined {
  return ADDED.map((added) => path + added).find((file) => kindOf(file) === 'file');
}

/** A package for bundlers alone has no `main`, but a `module`. */
function inFolder(folder: string): string | undefined {
  const { main, module } = readPackage(folder) ?? {};
  for (const entry of [main, module]) {
    if (typeof entry !== 'string' || entry === '') continue;
    const found = asFile(join(folder, entry)) ?? asFile(join(folder, entry, 'index'));
    if (found !== undefined) return found;
  }
  return asFile(join(folder, 'index'));
}
