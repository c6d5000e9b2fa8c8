// From the words of the command line to files: patterns that no shell has expanded, each file once.

import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';

/** True for names with a wildcard in them. */
export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

/**
 * The files that are meant, in order; those of a pattern by name. Windows leaves patterns to the program, and so does
 * every shell where one is quoted. What names or matches nothing stays as it is: opening it tells that.
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
