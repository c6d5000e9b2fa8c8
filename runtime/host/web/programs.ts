// A browser starts no programs.

import type { ChildProcess, SpawnOptions } from 'node:child_process';

export type { ChildProcess };

/** @throws Error always */
export function spawn(program: string, _args: readonly string[], _options: SpawnOptions): ChildProcess {
  throw new Error(`'${program}' cannot be started: a browser starts no programs. Run this in Node.`);
}

/** No program has ended by a signal. */
export function signalNumber(_name: NodeJS.Signals): number {
  return 0;
}

/** @throws Error always */
export function folderForSocket(): never {
  throw new Error('a browser starts no programs');
}
