// Writes a text file whole or not at all, and checks beforehand whether it can be written.

import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../runtime/make-folder.ts';
import { removeLeftovers, temporaryFor } from './temporary.ts';

/**
 * Checks that `save` can write there, as far as that can be known without writing, and removes what killed runs left.
 * @throws a sentence.
 */
export function checkTarget(path: string): void {
  try {
    if (existsSync(path)) {
      if (!statSync(path).isFile()) throw new Error(statSync(path).isDirectory() ? 'it is a folder' : 'it is no file');
      accessSync(path, constants.W_OK);
    }
    const folder = nearest(dirname(followed(path)));
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
    accessSync(folder, constants.W_OK);
    removeLeftovers(followed(path));
  } catch (error) {
    throw new Error(`${path} cannot be written: ${reason(error)}.`);
  }
}

/**
 * Writes beside the file, then renames: a reader sees the old text or the new one, never half of it. The file keeps its
 * owner, its mode and its links.
 * @throws a sentence; the file is unchanged then.
 */
export function save(path: string, text: string): void {
  replace(path, text, () => true);
}

/**
 * As `save`, unless the file no longer holds `expected`: then that is left alone, and the text is written to a new file
 * beside it, NAME.executed.ipynb or, if there is such a name already, NAME.executed-2.ipynb and so on.
 * @returns the path written to.
 */
export function saveUnlessChanged(path: string, text: string, expected: string): string {
  // A cell may have put something else there: a named pipe would be read for ever.
  const isUnchanged = (target: string) =>
    statSync(target, { throwIfNoEntry: false })?.isFile() === true &&
    readFileSync(target).equals(Buffer.from(expected));
  return replace(path, text, isUnchanged) ? path : saveBeside(path, text);
}

/** Never replaces a file nor follows a link: that one may hold the only copy of an earlier run. */
function saveBeside(path: string, text: string): string {
  for (let number = 1; ; number++) {
    const beside = path.replace(/(\.ipynb)?$/i, `.executed${number === 1 ? '' : `-${number}`}.ipynb`);
    try {
      writeThrough(beside, text);
      return beside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(`${beside} cannot be written: ${reason(error)}.`);
      }
    }
  }
}

/** Returns false if `mayReplace` says no, which is asked as late as possible. */
function replace(path: string, text: string, mayReplace: (target: string) => boolean): boolean {
  // To the file behind a link: the rename would replace the link itself.
  const target = followed(path);
  const fresh = temporaryFor(target);
  try {
    makeFolder(dirname(target));
    writeThrough(fresh, text);
    if (!mayReplace(target)) return false;
    const old = statSync(target, { throwIfNoEntry: false });
    if (old !== undefined && !takesPlaceOf(old, fresh)) overwrite(target, text);
    else renameSync(fresh, target);
    return true;
  } catch (error) {
    throw new Error(`${path} cannot be written: ${reason(error)}.`);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Gives the fresh file the old one's mode and owner. False if it cannot have them, or the old one has other names. */
function takesPlaceOf(old: Stats, fresh: string): boolean {
  if (old.nlink > 1) return false;
  try {
    const { uid, gid } = statSync(fresh);
    if (uid !== old.uid || gid !== old.gid) chownSync(fresh, old.uid, old.gid);
    chmodSync(fresh, old.mode);
    return true;
  } catch {
    return false;
  }
}

/** Not whole or not at all, but the complete text is in the temporary file until it is done. */
function overwrite(target: string, text: string): void {
  const file = openSync(target, 'r+');
  try {
    writeFileSync(file, text);
    ftruncateSync(file, Buffer.byteLength(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a new file. It reaches the disk before it is renamed; otherwise a power cut could leave an empty file under the
 * name. If it cannot be written whole, it is removed.
 */
function writeThrough(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
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
