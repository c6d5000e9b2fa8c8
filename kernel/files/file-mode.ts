// Files whose mode does not depend on the umask.

import { closeSync, fchmodSync, openSync, statSync, writeFileSync } from 'node:fs';

/** Writes a new file that everybody may read: what is installed may be installed for others. */
export function writeReadable(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content);
    fchmodSync(file, 0o644);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a file that only its owner may read: creates it empty, or changes the mode of the one that is there.
 * @throws if it is not a file, or belongs to somebody else.
 */
export function makePrivate(path: string): void {
  // Opening a named pipe would wait for its other end.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error('it is not a file');
  const file = openSync(path, 'a', 0o600);
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}
