// Ctrl+C in a program: the first cancels the coroutine that `run` runs, so that `finally` blocks run, as Python's Runner does
// it. In a notebook SIGINT is the kernel's, which interrupts the cell.

import { KeyboardInterrupt } from './engine/errors.ts';
import type { Loop } from './engine/loop.ts';
import type { Task } from './engine/task.ts';
import { askedBy } from './engine/tracing.ts';

/** @internal Listens while the task runs. What it returns gives the error that is to be thrown instead of its cancellation. */
export function onKeyboard(loop: Loop, main: Task<unknown>): () => KeyboardInterrupt | null {
  // A handler of the program's own is to be called instead, whether it was there before or comes later.
  if (loop.options.ownSignals?.SIGINT !== undefined || process.listenerCount('SIGINT') > 0) return () => null;
  let pressed = false;
  const press = (): void => {
    if (process.listenerCount('SIGINT') > 1) return;
    // The second ends the process, as it does where nobody listens.
    process.removeListener('SIGINT', press);
    pressed = true;
    askedBy('SIGINT', () => main.cancel());
  };
  process.on('SIGINT', press);
  main.whenDone(() => void process.removeListener('SIGINT', press));
  return () => (pressed && main.cancelled() && main.uncancel() === 0 ? new KeyboardInterrupt() : null);
}
