// shield: awaits something whose task must not be cancelled along with the one that awaits.

import type { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture } from './engine/create-task.ts';
import { type Future, phases } from './engine/future.ts';
import { Joint } from './engine/joint.ts';
import { SafeWeakMap } from './engine/primordials.ts';
import { named } from './engine/waiters.ts';

/**
 * Awaits `awaitable`, whose task goes on if the awaiting one is cancelled (Python: `asyncio.shield`). Keep a
 * reference to the task if its end matters.
 */
export function shield<T>(awaitable: Awaitable<T> | Coroutine<T>): Future<T> {
  const inner = ensureFuture(awaitable as Awaitable<T>);
  if (inner.done()) return inner;
  const outer = new Joint<T>(inner.loop, 'shield', [inner]);
  const innerDone = named('shield.<locals>._inner_done_callback', (): void => {
    if (outer.done()) return;
    if (inner.cancelled()) outer.cancel();
    else if (inner.phase === phases.EXCEPTION) outer.failWith(inner.failure());
    else outer.setResult(inner.result());
  });
  inner.whenDone(innerDone, () => outer);
  const outerDone = named('shield.<locals>._outer_done_callback', (): void => {
    if (inner.done()) return;
    inner.removeDoneCallback(innerDone);
    // Once, however many shields of it are given up.
    inner.removeDoneCallback(tellFailure);
    inner.whenDone(tellFailure);
  });
  outer.whenDone(outerDone);
  return outer;
}

const told = new SafeWeakMap<object, true>();

/** Nobody waits for it any more, so its error is told (3.14). */
const tellFailure = named('_log_on_exception', (inner: Future<unknown>): void => {
  if (inner.phase !== phases.EXCEPTION || told.has(inner)) return;
  told.set(inner, true);
  const exception = inner.failure();
  const kind = exception instanceof Error ? exception.name : String(exception);
  const message = `${kind} exception in shielded future`;
  inner.loop.callExceptionHandler({ message, exception, future: inner, owner: inner.loop.owner });
});
