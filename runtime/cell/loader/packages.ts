// Installed packages as folders: where they are searched for, and whether one changed since this process imported it.
// Which file of a package an import means is left to Node's own resolver.

import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { kindOf } from './candidates.ts';

/** `lodash/fp` → `lodash`, `@scope/name/sub` → `@scope/name`. */
export function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Every node_modules folder searched from `directory`, nearest first, whether or not it exists. */
export function nodeModulesFrom(directory: string): string[] {
  const folders: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    if (!at.endsWith(`${sep}node_modules`)) folders.push(join(at, 'node_modules'));
    if (dirname(at) === at) return folders;
  }
}

/** The folder of a package as seen from `directory`: installed, or the package that contains `directory`. */
export function packageFolder(name: string, directory: string): string | undefined {
  for (const folder of nodeModulesFrom(directory)) {
    if (kindOf(join(folder, name)) === 'folder') return join(folder, name);
  }
  const around = packageAround(directory);
  if (around !== undefined && readPackage(around)?.name === name) return around;
  // Only `require` searches these (NODE_PATH and two folders in the home directory).
  const { globalPaths } = createRequire(import.meta.url)('node:module') as { globalPaths: readonly string[] };
  for (const folder of globalPaths) if (kindOf(join(folder, name)) === 'folder') return join(folder, name);
  return undefined;
}

/** The nearest folder with a package.json, from `directory` upward. */
export function packageAround(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (kindOf(join(at, 'package.json')) === 'file') return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * Where `npm install` makes a package visible to what lies in `directory`: the notebook's folder, as a rule. A package
 * outside of it sees only what is installed beside itself.
 */
export function installFolder(directory: string, notebook: string): string {
  if (`${directory}${sep}`.startsWith(`${notebook}${sep}`)) return notebook;
  return directory.split(`${sep}node_modules${sep}`)[0] as string;
}

/** Whether a file belongs to an installed package: such files are neither compiled nor watched. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** The contents of a folder's package.json, reread each time (Node keeps what it read first). */
export function readPackage(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The "type" of the package.json nearest above a file. */
export function nearestType(path: string): unknown {
  const around = packageAround(dirname(path));
  return around === undefined ? undefined : readPackage(around)?.type;
}

/** Remembers the version of each package at its first import, and refuses to mix two versions. */
export function createVersionGuard() {
  const imported = new Map<string, { readonly version: string; modified: number }>();

  /** Throws if the package in `folder` is no longer the one that this process imported. */
  function check(name: string, folder: string): void {
    const known = imported.get(folder);
    if (known === undefined) return;
    const modified = modifiedAt(folder);
    if (modified === known.modified || modified === undefined) return;
    const version = versionOf(folder);
    if (version === known.version || version === undefined) {
      known.modified = modified;
      return;
    }
    throw Object.assign(
      new Error(
        `The package '${name}' was imported at version ${known.version} and is now version ${version} (${folder}).\n` +
          'A running process cannot exchange a package. Restart the kernel to use the new version.',
      ),
      { code: 'ERR_PACKAGE_CHANGED' },
    );
  }

  /** Notes an imported package. The folder is the one in node_modules, even if that is a link (pnpm). */
  function note(folder: string): void {
    if (imported.has(folder)) return;
    const modified = modifiedAt(folder);
    const version = versionOf(folder);
    if (modified !== undefined && version !== undefined) imported.set(folder, { version, modified });
  }

  return { check, note };
}

function modifiedAt(folder: string): number | undefined {
  return statSync(join(folder, 'package.json'), { throwIfNoEntry: false })?.mtimeMs;
}

function versionOf(folder: string): string | undefined {
  const version = readPackage(folder)?.version;
  return typeof version === 'string' ? version : undefined;
}
