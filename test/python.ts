// The Python of the tests: where it is, how programs and pytest suites are run with it, and how their counts reach
// `npm test`. Without Python the tests that need it are reported as skipped.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const local = join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The Python that COKERNEL_PYTHON names, or that of .venv, which `npm test` makes; undefined if there is neither. */
export const python: string | undefined = process.env.COKERNEL_PYTHON ?? (existsSync(local) ? local : undefined);

/** Like `test`, but skipped if there is no Python. */
export function testWithPython(name: string, body: () => Promise<void>, milliseconds?: number): void {
  (python === undefined ? test.skip : test)(name, body, milliseconds);
}

/** How a program ended, and what it printed to standard output and error, in the order in which it came. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * Runs a Python program to its end. Python's own folder is first on the PATH, as in an activated environment. A program that
 * takes longer than `seconds` is ended, and prints where each of its threads stood.
 */
export function runPython(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly seconds?: number } = {},
): Promise<Ended> {
  if (python === undefined) throw new Error('There is no .venv; npm test makes one.');
  const env: NodeJS.ProcessEnv = { ...process.env, PYTHONFAULTHANDLER: '1', ...options.env };
  env.PATH = [dirname(python), env.PATH].join(delimiter);
  const child = spawn(python, args, { cwd: options.cwd ?? root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const { seconds } = options;
  const timer = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGABRT'), seconds * 1000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a file or folder of pytest (or unittest) tests; its counts are added to the last line of `npm test`. */
export function runPytest(
  name: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly seconds?: number } = {},
): Promise<Ended> {
  const folder = join(root, 'build', 'suites');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${name}.xml`);
  return runPython(['-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${report}`, ...args], options);
}
