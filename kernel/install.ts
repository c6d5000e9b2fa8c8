// Installs and uninstalls the kernelspec, which makes the kernel known to Jupyter. It is written whole or not at all.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { playerFile } from '../runtime/announced-player.ts';
import { writeReadable } from './files/file-mode.ts';
import { makeFolder } from './files/make-folder.ts';
import { kernelspecOf, readOurs } from './install/kernelspec.ts';
import { lastingNode } from './install/node.ts';
import { packageFolder, packageVersion } from './install/package.ts';

/** The kernel's name in Jupyter unless `--name` gives another; notebooks store it. */
export const defaultName = 'cokernel';
const defaultDisplayName = 'TypeScript (cokernel)';
const logos = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];

/** Where a kernelspec goes and what it contains. `folder` is Jupyter's `kernels` folder; `memory` is in MiB. */
export interface Installation {
  readonly folder: string;
  readonly name: string;
  readonly displayName?: string;
  readonly memory?: number;
  /** How type errors are treated: warn, strict or off. */
  readonly diagnostics?: string;
  /** Whether there is a language server: on or off. */
  readonly language?: string;
  /** Who removes the types of cells: in-place or esbuild. */
  readonly compiler?: string;
}

/**
 * Writes the kernelspec, replacing one of the same name, and returns a sentence that says what was done.
 * @throws if the folder cannot be written or already has another kernel of that name; nothing is changed then.
 */
export function installKernelspec({ folder, name, displayName, ...options }: Installation): string {
  const home = packageFolder();
  const main = join(home, 'dist', 'kernel', 'main.js');
  const place = join(folder, name);
  if (existsSync(join(place, 'kernel.json')) && !readOurs(place)) {
    throw new Error(`${place} belongs to another kernel. Choose another name with --name, or remove it first.`);
  }
  const spec = kernelspecOf({
    node: lastingNode(),
    main,
    version: packageVersion(),
    displayName: displayName ?? defaultDisplayName,
    ...options,
  });
  const files = new Map<string, Buffer>([['kernel.json', Buffer.from(`${JSON.stringify(spec, null, 2)}\n`)]]);
  for (const logo of logos) files.set(logo, readFileSync(join(home, 'kernel', 'logos', logo)));
  const player = playerFile();
  files.set(player.name, Buffer.from(player.text));
  if (same(place, files)) return `The kernelspec '${name}' in ${folder} is up to date.${warning(home)}`;
  replaceFolder(place, files);
  return `Installed the kernelspec '${name}' (${spec.display_name}) in ${place}${warning(home)}`;
}

/**
 * Removes the kernelspec and returns a sentence that says what was done.
 * @throws if there is none of that name, or it belongs to another kernel.
 */
export function uninstallKernelspec({ folder, name }: Pick<Installation, 'folder' | 'name'>): string {
  const place = join(folder, name);
  if (!existsSync(place))
    throw new Error(`there is no kernelspec '${name}' in ${folder}. cokernel doctor lists where they are.`);
  if (!readOurs(place)) throw new Error(`${place} belongs to another kernel and was left alone.`);
  const away = sibling(place);
  renameSync(place, away);
  rmSync(away, { recursive: true, force: true });
  return `Removed the kernelspec '${name}' from ${folder}`;
}

function same(place: string, files: ReadonlyMap<string, Buffer>): boolean {
  for (const [name, content] of files) {
    const file = join(place, name);
    if (!existsSync(file) || !readFileSync(file).equals(content) || !isReadable(file)) return false;
  }
  return true;
}

/** Whether everybody may read it; Windows has no such modes. */
function isReadable(file: string): boolean {
  return process.platform === 'win32' || (statSync(file).mode & 0o444) === 0o444;
}

/** Writes into a folder beside the target, then renames it, so that nobody ever reads half a kernelspec. */
function replaceFolder(place: string, files: ReadonlyMap<string, Buffer>): void {
  const fresh = sibling(place);
  const old = sibling(place);
  try {
    makeFolder(fresh, 0o755);
    for (const [name, content] of files) writeReadable(join(fresh, name), content);
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

/** A name with a leading dot: nobody asks Jupyter for such a kernel, and it skips folders without a kernel.json. */
function sibling(place: string): string {
  const at = place.lastIndexOf(sep);
  return `${place.slice(0, at + 1)}.${place.slice(at + 1)}-${randomBytes(4).toString('hex')}`;
}

/** npx and similar tools run packages from a cache that they may empty at any time. */
function warning(home: string): string {
  const parts = home.split(/[/\\]/);
  if (!parts.some((part) => part === '_npx' || part.startsWith('dlx-') || part === 'dlx')) return '';
  return (
    `\nWarning: this package is in a cache (${home}) that may be emptied at any time; the kernel would no longer start then. ` +
    'To keep it: npm install --global cokernel, then cokernel install.'
  );
}
