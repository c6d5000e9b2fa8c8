// Paths of files, as the system writes them.

import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export { basename, dirname, extname, fileURLToPath, resolve };
