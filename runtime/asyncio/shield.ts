// shield: awaits something whose task must not be cancelled along with the one that awaits.

import type { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture } from './engine/create-task.ts';
import { type Future, phases } from './engine/future.ts';
import { Joint } from './engine/joint.ts';

/**
 * Awaits `awaitable`, whose task goes on if the awaiting one is cancelled (Python: `asyncio.shield`). Keep a
 * reference to the task if its end matters.
 */
export function shield<T>(awaitable: Awaitable<T> | Coroutine<T>): Future<T> {
  const inner = ensureFuture(awaitable as Awaitable<T>);
  if (inner.done()) return inner;
  const outer = new Joint<T>(inner.loop, 'shield', [inner]);
  const innerDone = (): void => {
    if (outer.done()) {
      if (!inner.cancelled()) inner.exception();
    } else if (inner.cancelled()) outer.cancel();
    else if (inner.phase === phases.EXCEPTION) outer.failWith(inner.failure());
    else outer.setResult(inner.result());
  };
  inner.whenDone(innerDone, () => outer);
  outer.whenDone(() => {
    if (!inner.done()) inner.removeDoneCallback(innerDone);
  });
  return outer;
}
