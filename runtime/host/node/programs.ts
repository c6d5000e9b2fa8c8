// Other programs, and what the system gives them.

import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

export type { ChildProcess };

/** Starts a program. Node's part of it is loaded with the first, because most programs start none. */
export function spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const { env = process.env as SpawnOptions['env'] } = options;
  return process.getBuiltinModule('node:child_process').spawn(program, args, { ...options, env });
}

/** The system's number of a signal. */
export function signalNumber(name: NodeJS.Signals): number {
  return constants.signals[name];
}

/** A new folder for one file, a socket's. */
export function folderForSocket(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-'));
  return { path: join(folder, 'output'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
