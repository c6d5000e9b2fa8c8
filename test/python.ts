// The Python of the tests: where it is, how a suite of it is run, and how its counts reach `npm test`.
// Without Python the tests that need it are skipped, by name.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const local = join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The Python of .venv, which `npm test` makes, or the one named by COKERNEL_PYTHON; undefined where neither is there. */
export const python: string | undefined = process.env.COKERNEL_PYTHON ?? (existsSync(local) ? local : undefined);

/** As `test`; skipped where there is no Python. */
export function testWithPython(name: string, body: () => Promise<void>, milliseconds?: number): void {
  (python === undefined ? test.skip : test)(name, body, milliseconds);
}

/** How a program ended and all that it printed, standard output and error as they came. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the tests' Python to its end. Its folder of programs is first on the PATH, as in an activated environment. */
export function runPython(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  if (python === undefined) throw new Error('There is no .venv; npm test makes one.');
  const env = { ...process.env, ...options.env };
  env.PATH = [dirname(python), env.PATH].join(delimiter);
  const child = spawn(python, args, { cwd: options.cwd ?? root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a file or folder of pytest (or unittest) tests; what it counted is added to the closing line of `npm test`. */
export function runPytest(name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  const folder = join(root, 'build', 'suites');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${name}.xml`);
  return runPython(['-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${report}`, ...args], { env });
}
