// Writes a text file whole or not at all, and checks beforehand whether it can be written.

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

/**
 * Checks that `save` can write there, as far as that can be known without writing.
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
 * Writes beside the file, then renames: a reader sees the old text or the new one, never half of it.
 * @throws a sentence; the file is unchanged then.
 */
export function save(path: string, text: string): void {
  // To the file behind a link: the rename would replace the link itself.
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

/** Reaches the disk before the rename; otherwise a power cut could leave an empty file under the name. */
function writeThrough(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The file that a link leads to; any other path unchanged. */
export function followed(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** The folder itself, or the nearest existing one above it. */
function nearest(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'its folder does not exist',
};

/** What the system reported, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || message.replace(/\.$/, '');
}
