// How the process ends: its last words on `exit`, and its end right after them.

import { flushCompileCache } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { setOwnFlags } from '../../optimiser.ts';
import { killGroup } from '../interrupt/kill-group.ts';
import type { ToWatcher } from '../interrupt/shared-memory.ts';
import type { TextPort } from '../output/gather-text.ts';
import type { CellPort } from '../output/port.ts';

/** If the watcher has not ended the process by then, on a machine that is busy, it ends itself. */
const WATCHER_MS = 1_000;

type Exiting = { reallyExit: (code?: number) => void };

/**
 * Sends what is left when the process exits, and that it does. `process.exit` then waits for the threads of Node's pool,
 * for ever if one of them is blocked (say, opening a named pipe), and without the watcher, which would end the process
 * once the kernel is gone. So the watcher ends it at once, after every listener of `exit`. (`process.kill` of oneself
 * would do what Node does at an exit, and print that a debugger is connected.)
 */
export function tellExit(port: TextPort, watcher: MessagePort): void {
  process.on('exit', (code) => {
    port.flush();
    port.send({ type: 'exit', code });
  });
  const target = process as unknown as Exiting;
  const { reallyExit } = target;
  target.reallyExit = (code) => {
    setOwnFlags();
    flushCompileCache();
    endNow(watcher);
    reallyExit.call(process, code);
  };
}

/** Says why this process cannot go on, and ends it. Works also where a cell has broken most of JavaScript. */
export function breakDown(reason: string, port: CellPort, watcher: MessagePort): void {
  try {
    port.send({ type: 'broken', reason });
  } finally {
    endNow(watcher);
  }
}

const { wait } = Atomics;

function endNow(watcher: MessagePort): void {
  watcher.postMessage({ type: 'exit' } satisfies ToWatcher);
  wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, WATCHER_MS);
  killGroup();
}
