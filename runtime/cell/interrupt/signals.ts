// SIGINT in the cell process. The kernel sends it to the whole group when a native call blocks: it is for the programs
// that the cell has started, and must not reach the SIGINT listeners of libraries, some of which end the process.

import { clockWord, RAISED_AT } from './shared-memory.ts';

/** A signal this soon after an interrupt is the kernel's own: it is sent 400 ms after, and heard when a call returns. */
const KERNEL_MS = 4_000;

/** Keeps the kernel's own signals from everybody, and the process alive when no library listens. */
export function ignoreOwnSignals(shared: Int32Array<SharedArrayBuffer>): void {
  process.on('SIGINT', () => {});
  const { emit } = process;
  const filtered = function (this: NodeJS.Process, event: string | symbol, ...rest: unknown[]): boolean {
    if (event === 'SIGINT') {
      const raisedAt = Atomics.load(shared, RAISED_AT);
      if (raisedAt !== 0 && ((clockWord() - raisedAt) & 0x7fffffff) < KERNEL_MS) return true;
    }
    return Reflect.apply(emit, this, [event, ...rest]);
  };
  process.emit = filtered as typeof process.emit;
}
