// Making tasks, and finding those that exist.

import type { Coroutine } from './coroutine.ts';
import { addNote, RuntimeError, ValueError } from './errors.ts';
import { Future } from './future.ts';
import type { Loop } from './loop.ts';
import { now } from './now.ts';
import { isCoroutine } from './predicates.ts';
import { futureOf } from './promise.ts';
import { repr } from './repr.ts';
import { loopNow } from './running.ts';
import type { Task } from './task.ts';
import type { TaskOptions } from './task-options.ts';

/** What can be awaited for a `T`. */
export type Awaitable<T> = Coroutine<T> | Future<T> | PromiseLike<T>;

/** The running loop (Python: `asyncio.get_running_loop`). @throws RuntimeError if none runs. */
export function getRunningLoop(): Loop {
  const loop = loopNow();
  if (loop === null) {
    throw addNote(new RuntimeError('no running event loop'), 'Start one: await run(main()).');
  }
  return loop;
}

/** Runs a coroutine beside the others, from the loop's next pass on (Python: `asyncio.create_task`). */
export function createTask<T>(coroutine: Coroutine<T>, options: TaskOptions = {}): Task<T> {
  return getRunningLoop().createTask(coroutine, options);
}

/**
 * A task for a coroutine or promise; a future is returned as it is (Python: `asyncio.ensure_future`). `loop`: the one that it
 * is for, by default the running one. @throws ValueError for a future of another loop than that.
 */
export function ensureFuture<T>(awaitable: Awaitable<T>, { loop }: { readonly loop?: Loop } = {}): Future<T> {
  return futureFor(loop ?? null, awaitable);
}

/** @internal As {@link ensureFuture}. `loop`: null for the running one, which must be there only if it is needed. */
export function futureFor<T>(loop: Loop | null, awaitable: Awaitable<T>): Future<T> {
  if (isCoroutine(awaitable)) return (loop ?? getRunningLoop()).createTask(awaitable as Coroutine<T>);
  if (awaitable instanceof Future) {
    if (loop === null || awaitable.loop === loop) return awaitable as Future<T>;
    throw new ValueError('The future belongs to a different loop than the one specified as the loop argument');
  }
  if (typeof awaitable === 'object' && awaitable !== null) {
    const future = futureOf(loop ?? getRunningLoop(), awaitable);
    if (future !== undefined) return future as Future<T>;
  }
  throw notAwaitable(awaitable);
}

/** @internal The error of a function that takes whatever can be awaited. `user` is what the remedy calls. */
export function notAwaitable(value: unknown, user = ''): Error {
  const error = new TypeError('An asyncio.Future, a coroutine or an awaitable is required');
  if (typeof value !== 'function') return error;
  const call = `${value.name || 'f'}()`;
  return addNote(error, `Did you forget to call it: ${user === '' ? call : `${user}(${call})`}?`);
}

/** A future of the loop for a native promise; a future is returned as it is (Python: `asyncio.wrap_future`). */
export function wrapFuture<T>(promise: PromiseLike<T>, { loop }: { readonly loop?: Loop } = {}): Future<T> {
  if (promise instanceof Future) return promise as Future<T>;
  const future =
    typeof promise === 'object' && promise !== null && !isCoroutine(promise)
      ? futureOf(loop ?? getRunningLoop(), promise)
      : undefined;
  if (future === undefined) throw new TypeError(`a promise is expected, got ${repr(promise)}`);
  return future as Future<unknown> as Future<T>;
}

/** The task whose step runs, or null (Python: `asyncio.current_task`). */
export function currentTask(loop: Loop | null = loopNow()): Task<unknown> | null {
  return (loop ?? getRunningLoop()).current;
}

/** Every task that is not done (Python: `asyncio.all_tasks`). */
export function allTasks(loop: Loop = getRunningLoop()): Set<Task<unknown>> {
  return new Set(loop.tasks());
}

/** @internal The error of a function that takes only coroutines. */
export function coroutineExpected(value: unknown, remedy: string): Error {
  const error = new ValueError(`a coroutine was expected, got ${repr(value)}`);
  return typeof value === 'function' ? addNote(error, remedy) : error;
}

now.spawn = (coroutine) => createTask(coroutine);
