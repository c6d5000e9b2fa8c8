// Finds this package's folder and version. Bundled code does not know its own depth in the package, so it looks upward.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
}

/** The folder that holds our package.json. */
export function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (readPackage(folder)?.name === 'cokernel') return folder;
    if (folder === dirname(folder)) {
      throw new Error(
        'the package.json of cokernel was not found in any folder above its code. Install the package again.',
      );
    }
  }
}

/** The version in our package.json. */
export function packageVersion(): string {
  return readPackage(packageFolder())?.version ?? 'unknown';
}

function readPackage(folder: string): PackageJson | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageJson) : undefined;
}
