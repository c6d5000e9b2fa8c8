// The tsconfig.json of a folder, as this process may read it.

import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getTsconfig } from 'get-tsconfig';

/**
 * The tsconfig.json of the folder, or of the nearest one above; null if there is none, or something else bears its name:
 * reading a named pipe would keep this process waiting for ever.
 *
 * @throws {Error} if it cannot be read or parsed
 */
export function nearestTsconfig(directory: string): ReturnType<typeof getTsconfig> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = statSync(join(folder, 'tsconfig.json'), { throwIfNoEntry: false });
    if (found !== undefined) return found.isFile() ? getTsconfig(folder) : null;
    if (folder === dirname(folder)) return null;
  }
}
