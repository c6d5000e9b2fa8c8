// The packages in the folders of NODE_PATH, for TypeScript, which does not look there. A package that the notebook's own
// folders have too is theirs.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Entries for `paths`: package → where its types or its code may be. */
export function nodePathPackages(directory: string): Record<string, string[]> {
  const entries: Record<string, string[]> = {};
  const nearer = nodeModulesAbove(directory);
  for (const folder of (process.env.NODE_PATH ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    for (const name of packagesIn(folder)) {
      if (entries[name] !== undefined || nearer.some((own) => existsSync(path.join(own, name)))) continue;
      const places = [name, path.join('@types', name.replace(/^@(.+)\//, '$1__'))];
      entries[name] = places.map((place) => path.resolve(folder, place));
      entries[`${name}/*`] = places.map((place) => path.resolve(folder, place, '*'));
    }
  }
  return entries;
}

function packagesIn(folder: string): string[] {
  return namesIn(folder).flatMap((name) => {
    if (name.startsWith('.') || name === '@types') return [];
    return name.startsWith('@') ? namesIn(path.join(folder, name)).map((scoped) => `${name}/${scoped}`) : [name];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Node does not mind a folder that is not there, either.
  }
}

function nodeModulesAbove(directory: string): string[] {
  const folders: string[] = [];
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    folders.push(path.join(folder, 'node_modules'));
    if (folder === path.dirname(folder)) return folders;
  }
}
