// Files that a program reads in one go.

import { readdirSync, readFileSync } from 'node:fs';

/** The bytes of a file. @throws what Node does where it cannot be read */
export function readBytes(path: string): Uint8Array {
  return readFileSync(path);
}

/** The names in a folder. @throws what Node does where it cannot be read */
export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder);
}
