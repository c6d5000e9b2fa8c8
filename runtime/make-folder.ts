// Makes folders, with the mode that is asked for whatever the umask is.

import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; `mode` is that of each folder made, and the umask's if it is left
 * out. By hand, because Node's own `recursive` tries for ever if the system answers that an existing parent folder does
 * not exist, as Linux does in /proc.
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  if (path !== dirname(path)) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path);
    if (mode !== undefined) chmodSync(path, mode);
  } catch (error) {
    // Somebody else may have made it in the meantime; a link that leads nowhere is none.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(path)) throw error;
  }
}
