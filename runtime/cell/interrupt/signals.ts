// Signals of the cell process: which SIGINT is whose, and how a cell sends a signal to its own process.

import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { clockWord, TOLD_AT } from './shared-memory.ts';

/** A signal this soon after an interrupt is the kernel's own: it is sent 400 ms after, and heard when a call returns. */
const KERNEL_MS = 4_000;

/**
 * Keeps the process alive at SIGINT, and hides the kernel's own SIGINT from all listeners. The kernel sends it to the whole
 * group when a native call blocks; it is for the programs that the cell has started, and some libraries' listeners end
 * the process.
 */
export function ignoreOwnSignals(shared: Int32Array<SharedArrayBuffer>): void {
  const { emit } = process;
  const filtered = function (this: NodeJS.Process, event: string | symbol, ...rest: unknown[]): boolean {
    if (event === 'SIGINT') {
      const toldAt = Atomics.load(shared, TOLD_AT);
      if (toldAt !== 0 && ((clockWord() - toldAt) & 0x7fffffff) < KERNEL_MS) return true;
    }
    return Reflect.apply(emit, this, [event, ...rest]);
  };
  process.emit = filtered as typeof process.emit;
  // Only after `emit` was replaced: when the first listener is added, Node keeps the `emit` that it finds.
  process.on('SIGINT', () => {});
}

/**
 * Has another program send the signals that a cell sends to its own process. `process.kill` with one's own number does
 * what Node does when it exits, even if the signal ends nothing; afterwards the inspector, and with it the guard, is
 * gone (Node 24 and 26).
 */
export function signalFromOutside(target: Pick<NodeJS.Process, 'kill' | 'pid' | 'platform'> = process): void {
  const { kill, pid } = target;
  target.kill = (to, signal = 'SIGTERM') => {
    const name = nameOf(signal);
    const own = to === pid || to === -pid || to === 0;
    if (own && name !== undefined && name !== 'SIGKILL' && target.platform !== 'win32') {
      const args = ['-s', name.slice('SIG'.length), '--', String(to === 0 ? -pid : to)];
      if (spawnSync('kill', args, { stdio: 'ignore' }).status === 0) return true;
    }
    return kill.call(target, to, signal);
  };
}

/** The name of a signal that there is; 0 only asks whether the process exists. */
function nameOf(signal: string | number): string | undefined {
  return Object.entries(constants.signals).find(([name, number]) => name === signal || number === signal)?.[0];
}
