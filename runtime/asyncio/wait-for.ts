// waitFor: one awaitable, with a limit of time.

import type { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, TimeoutError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import { Joint } from './engine/joint.ts';
import { isCoroutine } from './engine/predicates.ts';
import { pythonType } from './engine/repr.ts';
import { askedBy } from './engine/tracing.ts';
import { cancelAndWait, release } from './wait.ts';

const WAIT_FOR = internalCode('wait_for');

/**
 * Awaits `awaitable` for at most `timeout` seconds, else cancels it and throws TimeoutError; null: without limit
 * (Python: `asyncio.wait_for`). A task that answers its cancellation with a value has that value returned.
 */
export function waitFor<T>(awaitable: Awaitable<T>, timeout: number | null): Coroutine<T> {
  return internal(waitForBody(awaitable, timeout), WAIT_FOR);
}

function* waitForBody<T>(awaitable: Awaitable<T>, timeout: number | null): Generator<unknown, T, unknown> {
  const loop = getRunningLoop();
  if (timeout === null || timeout === undefined) {
    // A coroutine is awaited as it is, without a task of its own.
    return yield* isCoroutine(awaitable) ? (awaitable as Coroutine<T>) : ensureFuture(awaitable);
  }
  if (typeof timeout !== 'number') {
    throw new TypeError(`'<=' not supported between instances of '${pythonType(timeout)}' and 'int'`);
  }
  const future = ensureFuture(awaitable);
  if (timeout <= 0) return future.done() ? future.result() : yield* giveUp(future);
  const waiter = new Joint(loop, future.waitName(), [future]);
  const timer = loop.ownLater(timeout, () => release(waiter));
  const done = (): void => release(waiter);
  future.whenDone(done, () => waiter);
  try {
    try {
      yield* waiter;
    } catch (error) {
      if (future.done()) return future.result();
      future.removeDoneCallback(done);
      if (error instanceof CancelledError) yield* cancelAndWait(future, 'waitFor');
      else askedBy('waitFor', () => future.cancel());
      throw error;
    }
    if (future.done()) return future.result();
    future.removeDoneCallback(done);
    return yield* giveUp(future);
  } finally {
    timer.cancel();
  }
}

function* giveUp<T>(future: Future<T>): Generator<unknown, T, unknown> {
  yield* cancelAndWait(future, 'waitFor');
  try {
    return future.result();
  } catch (error) {
    if (error instanceof CancelledError) throw new TimeoutError('', { cause: error });
    throw error;
  }
}

markLibrary(waitFor);
