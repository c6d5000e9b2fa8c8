// asCompleted: awaitables in the order in which they are done.

import { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './engine/create-task.ts';
import { TimeoutError } from './engine/errors.ts';
import { Future } from './engine/future.ts';
import type { TimerHandle } from './engine/handle.ts';
import { internal, internalCode } from './engine/internal.ts';
import { checkIterable } from './engine/repr.ts';
import { Queue } from './queue.ts';

const NEXT = internalCode('as_completed');

/** What `asCompleted` gives: coroutines to await one after another, or results by `for await`. */
export interface Completions<T> extends Iterable<Coroutine<T>> {
  [Symbol.asyncIterator](): AsyncIterator<T, undefined>;
}

/**
 * Results as they come: `for await (const next of asCompleted(tasks))`, or as in Python 3.11,
 * `for (const next of asCompleted(tasks)) await next`. `timeout` in seconds: TimeoutError for what is not done by then.
 */
export function asCompleted<Item extends Awaitable<unknown>>(
  awaitables: Iterable<Item>,
  options: { readonly timeout?: number | null | undefined } = {},
): Completions<Awaited<Item>> {
  type T = Awaited<Item>;
  if (awaitables instanceof Future || awaitables instanceof Coroutine) {
    const kind = awaitables instanceof Future ? awaitables[Symbol.toStringTag] : 'coroutine';
    throw new TypeError(`expect an iterable of futures, not ${kind}`);
  }
  checkIterable(awaitables);
  const { count, next } = watch<T>(awaitables as Iterable<Awaitable<T>>, options.timeout ?? null);
  return {
    *[Symbol.iterator]() {
      for (let left = count; left > 0; left--) yield internal(next(), NEXT);
    },
    [Symbol.asyncIterator]() {
      let left = count;
      const step = function* (): Generator<unknown, IteratorResult<T, undefined>, unknown> {
        if (left === 0) return { done: true, value: undefined };
        left--;
        return { done: false, value: yield* next() };
      };
      return { next: (() => internal(step(), NEXT)) as unknown as () => Promise<IteratorResult<T, undefined>> };
    },
  };
}

function watch<T>(
  awaitables: Iterable<Awaitable<T>>,
  timeout: number | null,
): { count: number; next: () => Generator<unknown, T, unknown> } {
  const loop = getRunningLoop();
  const done = new Queue<Future<T> | null>(0, { name: 'of asCompleted' });
  const todo = new Set([...new Set(awaitables)].map((one) => ensureFuture(one)));
  let timer: TimerHandle | null = null;
  const completed = (future: Future<T>): void => {
    if (!todo.delete(future)) return;
    done.putNowait(future);
    if (todo.size === 0) timer?.cancel();
  };
  for (const future of todo) future.addDoneCallback(completed);
  const expire = (): void => {
    for (const future of todo) {
      future.removeDoneCallback(completed);
      done.putNowait(null);
    }
    todo.clear();
  };
  if (todo.size > 0 && timeout !== null) timer = loop.callLater(timeout, expire);
  const next = function* (): Generator<unknown, T, unknown> {
    const future = yield* done.get();
    if (future === null) throw new TimeoutError();
    return future.result();
  };
  return { count: todo.size, next };
}
