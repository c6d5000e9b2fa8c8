// Finds the files that the command line names: expands patterns that the shell did not, and keeps each file once.

import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';

/** True for names with a wildcard in them. */
export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

/**
 * The named files, in order; those of a pattern are sorted by name. Windows leaves patterns to the program, and every
 * shell leaves quoted ones. A name that matches nothing is kept: opening it reports that.
 */
export function filesOf(names: readonly string[]): readonly string[] {
  const files = names.flatMap((name) => (isPattern(name) && !existsSync(name) ? matching(name) : [name]));
  const paths = files.map((file) => resolve(file));
  return files.filter((_, index) => paths.indexOf(paths[index] as string) === index);
}

function matching(pattern: string): readonly string[] {
  const found = globSync(pattern, { exclude: (name) => name === 'node_modules' || name === '.ipynb_checkpoints' });
  return found.length === 0 ? [pattern] : found.sort();
}
