// What `#name` means by the "imports" of the nearest package.json (https://nodejs.org/api/packages.html#subpath-imports).
// Reread each time, because Node keeps the package.json (or its absence) that it saw first.

import { packageAround, readPackage } from './packages.ts';

/** What a `#name` stands for: a path or a package, as written, seen from `folder`; or the names that are defined. */
export type SubpathImport = { readonly folder: string } & (
  | { readonly target: string }
  | { readonly names: readonly string[] }
);

/** Looks up `#name` as seen from `directory`, under the import's conditions. */
export function subpathImport(name: string, directory: string, conditions: readonly string[]): SubpathImport {
  const folder = packageAround(directory) ?? directory;
  const imports = asRecord(readPackage(folder)?.imports) ?? {};
  const names = Object.keys(imports);
  const match = bestKey(name, names);
  const target = match === undefined ? undefined : choose(imports[match.key], conditions);
  if (match === undefined || target === undefined) return { folder, names };
  return { folder, target: target.replaceAll('*', () => match.star) };
}

/** The exact key, or else the pattern with the longest text before its star. */
function bestKey(name: string, keys: readonly string[]): { key: string; star: string } | undefined {
  if (keys.includes(name)) return { key: name, star: '*' };
  let best: { key: string; star: string; length: number } | undefined;
  for (const key of keys) {
    const [before, after, ...more] = key.split('*');
    if (before === undefined || after === undefined || more.length > 0) continue;
    if (!name.startsWith(before) || !name.endsWith(after) || name.length < key.length) continue;
    if (best !== undefined && before.length <= best.length) continue;
    best = { key, star: name.slice(before.length, name.length - after.length), length: before.length };
  }
  return best;
}

/** The target under these conditions: they are tried in the order in which package.json lists them. */
export function choose(target: unknown, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) {
    for (const each of target) {
      const chosen = choose(each, conditions);
      if (chosen !== undefined) return chosen;
    }
    return undefined;
  }
  for (const [condition, each] of Object.entries(asRecord(target) ?? {})) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const chosen = choose(each, conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
