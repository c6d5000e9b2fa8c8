// Debug mode: reports what a program may do but should not. Python: PYTHONASYNCIODEBUG.

import { milliseconds } from './primordials.ts';
import { warnings } from './unawaited.ts';

/** A loop as debug mode sees it. */
interface Timed {
  readonly owner: unknown;
  readonly slowCallbackDuration: number;
}

/** Runs one item of the ready queue, and reports it if it kept the loop for long. */
export function runTimed<L extends Timed>(loop: L, item: { run(loop: NoInfer<L>): void }): void {
  const before = milliseconds();
  item.run(loop);
  const seconds = (milliseconds() - before) / 1000;
  if (seconds < loop.slowCallbackDuration) return;
  const what = item.toString === Object.prototype.toString ? '<Handle>' : String(item);
  warn(`Executing ${what} took ${seconds.toFixed(3)} seconds`, loop.owner, [
    'Nothing else ran meanwhile: give way with await sleep(0), or use toThread for long work.',
  ]);
}

/** A task was cancelled, and returned a value all the same. Python's `except Exception` would not have caught it. */
export function warnSwallowed(task: { readonly owner: unknown }): void {
  warn(`${task} was cancelled, and its CancelledError was caught and not thrown again`, task.owner, [
    'catch also catches CancelledError: rethrow it (if (error instanceof CancelledError) throw error), or call uncancel().',
  ]);
}

function warn(message: string, owner: unknown, notes: readonly string[]): void {
  warnings.hook({ category: 'asyncio', message, notes, owner });
}
