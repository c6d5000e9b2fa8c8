// Paths of files, as the system writes them.

import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export { basename, dirname, extname, fileURLToPath, isAbsolute, join, relative, resolve, sep };

/** The folder that relative paths start from. */
export function currentFolder(): string {
  return process.cwd();
}
