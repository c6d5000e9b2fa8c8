// Finds the Jupyters on the PATH: where each is, the versions of its parts, and its environment's kernelspec folder.

import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** One installation of Jupyter. */
export interface Jupyter {
  readonly program: string;
  /** Versions of its parts by name; empty if it does not print them. */
  readonly versions: ReadonlyMap<string, string>;
  /** The `kernels` folder of its environment. */
  readonly kernels: string;
}

/** Every `jupyter` on the PATH, in the order of the PATH. */
export async function findJupyters(): Promise<Jupyter[]> {
  const windows = process.platform === 'win32';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const programs = folders.map((folder) => join(folder, windows ? 'jupyter.exe' : 'jupyter')).filter(existsSync);
  const distinct = new Map(programs.map((program) => [realpathSync(program), program]));
  return Promise.all(
    [...distinct.values()].map(async (program) => ({
      program,
      versions: await versions(program),
      kernels: join(dirname(dirname(program)), 'share', 'jupyter', 'kernels'),
    })),
  );
}

/** `jupyter --version` prints `jupyterlab       : 4.6.6` for each part, or `not installed`. */
function versions(program: string): Promise<Map<string, string>> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: 20_000, encoding: 'utf8' }, (_, output) => {
      const lines = [...output.matchAll(/^(\S+)\s*: (\d\S*)\s*$/gm)];
      resolve(new Map(lines.map(([, name, version]) => [`${name}`, `${version}`])));
    });
  });
}
