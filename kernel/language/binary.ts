// Finds TypeScript's native program. It is started directly, without a Node process between kernel and language server.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The program's path. The platform's package is a dependency of TypeScript and need not lie beside it, so it is resolved
 * from TypeScript's own folder.
 *
 * @throws Error with the remedy where there is none for this machine
 */
export function findServer(platform: string = process.platform, arch: string = process.arch): string {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const name = `@typescript/typescript-${platform}-${arch}`;
  const program = platform === 'win32' ? 'tsc.exe' : 'tsc';
  let folder: string;
  try {
    folder = path.dirname(createRequire(typescript).resolve(`${name}/package.json`));
  } catch {
    throw new Error(
      `TypeScript's program for ${platform} ${arch} is missing. Install ${name}, or reinstall cokernel with its optional dependencies.`,
    );
  }
  const file = path.join(folder, 'lib', program);
  if (!existsSync(file)) throw new Error(`TypeScript's program was expected at ${file}. Reinstall cokernel.`);
  // Windows starts programs with longer paths only under this prefix.
  return platform === 'win32' && file.length >= 248 ? `\\\\?\\${file}` : file;
}
