// Packages that a notebook has installed.

import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The package, as a file in the current folder would require it. @throws what Node does where it is not there */
export function requireInstalled(name: string): unknown {
  return createRequire(join(process.cwd(), 'notebook.js'))(name);
}
