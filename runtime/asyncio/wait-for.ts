// waitFor: one awaitable, with a limit of time.

import type { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, TimeoutError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { entered, internal, internalCode, markLibrary } from './engine/internal.ts';
import { isCoroutine } from './engine/predicates.ts';
import { pythonType } from './engine/repr.ts';
import { limited, Timeout } from './timeout.ts';
import { cancelAndWait } from './wait.ts';

const WAIT_FOR = internalCode('wait_for');

/**
 * Awaits `awaitable` for at most `timeout` seconds, else cancels it and throws TimeoutError; null: without limit
 * (Python: `asyncio.wait_for`). What answers its cancellation with a value has that value returned.
 */
export function waitFor<T>(awaitable: Awaitable<T>, timeout: number | null): Coroutine<T> {
  return internal(waitForBody(awaitable, timeout), WAIT_FOR);
}

function* waitForBody<T>(awaitable: Awaitable<T>, timeout: number | null): Generator<unknown, T, unknown> {
  const loop = getRunningLoop();
  if (timeout === null || timeout === undefined) {
    return yield* isCoroutine(awaitable) ? (awaitable as Coroutine<T>) : ensureFuture(awaitable);
  }
  if (typeof timeout !== 'number') {
    throw new TypeError(`'<=' not supported between instances of '${pythonType(timeout)}' and 'int'`);
  }
  if (timeout <= 0) {
    const future = ensureFuture(awaitable);
    return future.done() ? future.result() : yield* giveUp(future);
  }
  const scope = new Timeout(loop.time() + timeout, 'waitFor');
  // A coroutine is awaited as it is, without a task of its own.
  const inner = isCoroutine(awaitable) ? (awaitable as Coroutine<T>) : ensureFuture(awaitable);
  if (isCoroutine(inner)) entered(inner, () => scope.enter(undefined));
  else scope.enter(undefined);
  return yield* limited(scope, inner);
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
