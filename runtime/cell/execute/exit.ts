// How the process ends: its last words on `exit`, and the orderly end that the kernel asks for.

import type { MessagePort } from 'node:worker_threads';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { shutdown } from '../../asyncio/engine/shutdown.ts';
import { SESSION, type ToWatcher } from '../interrupt/shared-memory.ts';
import type { TextPort } from '../output/gather-text.ts';

/** Time for clean-up when the kernel ends. */
const CLEANUP_SECONDS = 2;

/** The watcher closes its session at once; should it hang, Node prints a remark as the process ends. */
const PARTING_MS = 100;

/** Sends what is left, and says that the process exits, when it does. */
export function tellExit(shared: Int32Array<SharedArrayBuffer>, watcher: MessagePort, port: TextPort): void {
  process.on('exit', (code) => {
    if (Atomics.load(shared, SESSION) === 1) {
      watcher.postMessage({ type: 'parting' } satisfies ToWatcher);
      Atomics.wait(shared, SESSION, 1, PARTING_MS);
    }
    port.flush();
    port.send({ type: 'exit', code });
  });
}

/** Cancels what is left, gives clean-up its time, and exits. */
export async function exitInOrder(loop: Loop, port: TextPort): Promise<void> {
  await shutdown(loop, CLEANUP_SECONDS);
  port.flush();
  process.exit(0);
}
