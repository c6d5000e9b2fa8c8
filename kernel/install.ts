// Makes the kernel known to Jupyter, and unknown again. A kernelspec is there whole or not at all.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { kernelspecOf, readOurs } from './install/kernelspec.ts';
import { lastingNode } from './install/node.ts';
import { packageFolder, packageVersion } from './install/package.ts';

/** The name under which Jupyter knows the kernel unless told otherwise; notebooks store it. */
export const defaultName = 'cokernel';
const defaultDisplayName = 'TypeScript (cokernel)';
const logos = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];

/** Where a kernelspec goes and what it says. `folder` is Jupyter's `kernels` folder; `memory` is in MiB. */
export interface Installation {
  readonly folder: string;
  readonly name: string;
  readonly displayName?: string;
  readonly memory?: number;
  /** What becomes of type errors: warn, strict or off. */
  readonly diagnostics?: string;
}

/**
 * Writes the kernelspec, replacing one of the same name, and returns what was done, in words.
 * @throws where the folder cannot be written or holds another kernel under that name; then nothing was changed.
 */
export function installKernelspec({ folder, name, displayName, memory, diagnostics }: Installation): string {
  const home = packageFolder();
  const main = join(home, 'dist', 'kernel', 'main.js');
  const place = join(folder, name);
  if (existsSync(join(place, 'kernel.json')) && !readOurs(place)) {
    throw new Error(`${place} is another kernel's. Choose another name with --name, or remove it first.`);
  }
  const spec = kernelspecOf({
    node: lastingNode(),
    main,
    version: packageVersion(),
    displayName: displayName ?? defaultDisplayName,
    memory,
    diagnostics,
  });
  const files = new Map<string, Buffer>([['kernel.json', Buffer.from(`${JSON.stringify(spec, null, 2)}\n`)]]);
  for (const logo of logos) files.set(logo, readFileSync(join(home, 'kernel', 'logos', logo)));
  if (same(place, files)) return `The kernelspec '${name}' in ${folder} is up to date.${warning(home)}`;
  replaceFolder(place, files);
  return `Installed the kernelspec '${name}' (${spec.display_name}) in ${place}${warning(home)}`;
}

/**
 * Removes the kernelspec and returns what was done, in words.
 * @throws where there is none of that name, or another kernel's.
 */
export function uninstallKernelspec({ folder, name }: Pick<Installation, 'folder' | 'name'>): string {
  const place = join(folder, name);
  if (!existsSync(place))
    throw new Error(`there is no kernelspec '${name}' in ${folder}. See cokernel doctor for where they are.`);
  if (!readOurs(place)) throw new Error(`${place} is another kernel's, and was left alone.`);
  const away = sibling(place);
  renameSync(place, away);
  rmSync(away, { recursive: true, force: true });
  return `Removed the kernelspec '${name}' from ${folder}`;
}

function same(place: string, files: ReadonlyMap<string, Buffer>): boolean {
  for (const [name, content] of files) {
    const file = join(place, name);
    if (!existsSync(file) || !readFileSync(file).equals(content)) return false;
  }
  return true;
}

/** Writes into a folder beside the place, then renames: no reader ever sees half a kernelspec. */
function replaceFolder(place: string, files: ReadonlyMap<string, Buffer>): void {
  const fresh = sibling(place);
  const old = sibling(place);
  try {
    mkdirSync(fresh, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(fresh, name), content);
    // A folder cannot be renamed onto one that holds files.
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
  } catch (error) {
    if (existsSync(old) && !existsSync(place)) renameSync(old, place);
    throw new Error(`the kernelspec could not be written: ${(error as Error).message}`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** Jupyter skips folders without a kernel.json, and none looks for a name with a leading dot. */
function sibling(place: string): string {
  const at = place.lastIndexOf(sep);
  return `${place.slice(0, at + 1)}.${place.slice(at + 1)}-${randomBytes(4).toString('hex')}`;
}

/** npx and its kin run packages from a cache that they empty when they like. */
function warning(home: string): string {
  const parts = home.split(/[/\\]/);
  if (!parts.some((part) => part === '_npx' || part.startsWith('dlx-') || part === 'dlx')) return '';
  return (
    `\nWarning: this package lies in a cache (${home}), which may be emptied at any time; the kernel would then not start. ` +
    'To keep it: npm install --global cokernel, then cokernel install.'
  );
}
