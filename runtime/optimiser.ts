// When V8 makes fast code, in both processes. A kernel calls most of its functions once for each cell: with V8's own
// numbers it is hundreds of cells old before it is fast.

import { setFlagsFromString } from 'node:v8';

/** A flag of V8 that has another value while the process runs than at its start. */
export interface RunningFlag {
  readonly name: string;
  /** V8's own value (Node 24 and 26). */
  readonly own: number;
  readonly running: number;
}

/** After how many calls a function is compiled to fast code, and how many it needs after it met a new type. */
export const EARLY: readonly RunningFlag[] = [
  { name: 'invocation-count-for-maglev', own: 400, running: 25 },
  { name: 'minimum-invocations-after-ic-update', own: 500, running: 25 },
];

let flags: readonly RunningFlag[] = [];

/**
 * Sets flags, at the first call. V8 takes compiled code (of Node's own modules, or from compile-cache.ts) only under the
 * flags that it was made with: given to Node as arguments, such flags cost each start some 40 ms of processor time. So
 * call this when all is loaded; what is loaded later goes through `asAtStart`.
 */
export function setRunningFlags(chosen: readonly RunningFlag[]): void {
  if (flags.length > 0) return;
  flags = chosen;
  set('running');
}

/**
 * Loads code under V8's own flags. Nothing is counted: where one load ends within another, or V8 terminates one, the
 * other is only slower.
 */
export async function asAtStart<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  set('own');
  try {
    return await load();
  } finally {
    set('running');
  }
}

/** Sets V8's own flags again. To be called before the compile cache is written, at the end of the process. */
export function setOwnFlags(): void {
  set('own');
}

function set(value: 'own' | 'running'): void {
  for (const flag of flags) setFlagsFromString(`--${flag.name}=${flag[value]}`);
}
