// Ctrl+C in a program: the first cancels the coroutine that `run` runs, so that `finally` blocks run, as Python's Runner does
// it. In a notebook SIGINT is the kernel's, which interrupts the cell.

import { onFirstInterrupt } from '#host/os-signals';
import { KeyboardInterrupt } from './engine/errors.ts';
import type { Loop } from './engine/loop.ts';
import type { Task } from './engine/task.ts';
import { askedBy } from './engine/tracing.ts';

/** @internal Listens while the task runs. What it returns gives the error that is to be thrown instead of its cancellation. */
export function onKeyboard(loop: Loop, main: Task<unknown>): () => KeyboardInterrupt | null {
  if (loop.options.ownSignals?.SIGINT !== undefined) return () => null;
  let pressed = false;
  const stop = onFirstInterrupt(() => {
    pressed = true;
    askedBy('SIGINT', () => main.cancel());
  });
  main.whenDone(stop);
  return () => (pressed && main.cancelled() && main.uncancel() === 0 ? new KeyboardInterrupt() : null);
}
