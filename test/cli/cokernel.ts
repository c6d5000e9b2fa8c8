// Runs the command `cokernel` as people do, as it was built, in a home of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command's program. */
export const cli = fileURLToPath(new URL('../../dist/kernel/cli.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new empty folder, removed when the block that holds it ends. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'cokernel-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs `cokernel` with these arguments; `env` comes on top of an environment without any Jupyter. */
export function cokernel(args: readonly string[], env: NodeJS.ProcessEnv = {}, before: readonly string[] = []) {
  const { VIRTUAL_ENV, CONDA_PREFIX, JUPYTER_PATH, ...rest } = process.env;
  return end(process.execPath, ['--disable-warning=ExperimentalWarning', ...before, cli, ...args], { ...rest, ...env });
}

/** Runs any program to its end. */
export function end(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<Ended> {
  const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      printed[name] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, ...printed }));
  });
}
