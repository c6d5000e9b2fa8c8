// Puts a text where a file is to be, whole or not at all, and finds out beforehand whether it could.

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Checks that `save` can write there; makes nothing but leaves no doubt that can be had before.
 * @throws a sentence.
 */
export function checkTarget(path: string): void {
  try {
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw new Error('it is a folder');
      accessSync(path, constants.W_OK);
    }
    const folder = nearest(dirname(followed(path)));
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(`${path} cannot be written: ${reason(error)}.`);
  }
}

/**
 * Writes beside the file, then renames: whoever reads sees the old text or the new one, never half of it.
 * @throws a sentence; the file is then as it was.
 */
export function save(path: string, text: string): void {
  // Through a link, to what it leads to: the rename would replace the link itself.
  const target = followed(path);
  const fresh = join(dirname(target), `.${basename(target)}-${randomBytes(4).toString('hex')}`);
  try {
    makeFolder(dirname(target));
    writeThrough(fresh, text);
    if (existsSync(target)) chmodSync(fresh, statSync(target).mode);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new Error(`${path} cannot be written: ${reason(error)}.`);
  }
}

/**
 * Makes a folder and those above it. By hand: Node's own `recursive` tries for ever where the system answers that the
 * folder above is not there though it is, as Linux does in /proc.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (path !== dirname(path)) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another job may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** To the disk before the rename: after a power cut the name would lead to an empty file otherwise. */
function writeThrough(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The file that a link leads to; any other path as it is. */
export function followed(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** The folder itself, or where it would be made. */
function nearest(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'its folder is not there',
};

/** What the system said, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || message.replace(/\.$/, '');
}
