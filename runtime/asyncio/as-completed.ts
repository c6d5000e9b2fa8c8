// asCompleted: awaitables in the order in which they are done.

import { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './engine/create-task.ts';
import { TimeoutError } from './engine/errors.ts';
import { Future } from './engine/future.ts';
import type { TimerHandle } from './engine/handle.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { SafeSet } from './engine/primordials.ts';
import { checkIterable } from './engine/repr.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { Shared } from './engine/types.ts';
import { named } from './engine/waiters.ts';

const NEXT = internalCode('as_completed');

/**
 * What `asCompleted` gives: coroutines to await one after another, or by `for await` the tasks and futures as they are done.
 * TypeScript types the variable of every `for await` as what an await of it gives, so await it: `await task` has that type.
 */
export interface Completions<T> extends Iterable<Coroutine<T>> {
  [Symbol.asyncIterator](): AsyncIterator<Future<T>, undefined>;
}

/**
 * Tasks and futures as they are done: `for await (const task of asCompleted(tasks)) await task`, which goes on after one that
 * failed (3.13). By `for (const next of asCompleted(tasks)) await next` coroutines take their place (Python: `asyncio.as_completed`). `timeout` in seconds: TimeoutError for what is not done by then.
 */
export function asCompleted<Item extends Awaitable<unknown>>(
  awaitables: Iterable<Item>,
  options: { readonly timeout?: number | null | undefined } = {},
): Completions<Awaited<Item>> {
  type T = Awaited<Item>;
  if (awaitables instanceof Future || awaitables instanceof Coroutine) {
    const kind = awaitables instanceof Future ? awaitables[Symbol.toStringTag] : 'coroutine';
    throw new TypeError(`expects an iterable of awaitables, not ${kind}`);
  }
  checkIterable(awaitables);
  const results = new Completing<T>(awaitables as Iterable<Awaitable<T>>, options.timeout ?? null);
  // One count for all loops over it, as in Python, where it is its own iterator: a second loop goes on where one left.
  let left = results.count;
  return {
    *[Symbol.iterator]() {
      while (left > 0) {
        left--;
        yield internal(results.nextResult(), NEXT);
      }
    },
    [Symbol.asyncIterator]() {
      const step = function* (): Generator<unknown, IteratorResult<Future<T>, undefined>, unknown> {
        if (left === 0) return { done: true, value: undefined };
        left--;
        return { done: false, value: yield* results.next() };
      };
      return { next: (() => internal(step(), NEXT)) as unknown as () => Promise<IteratorResult<Future<T>, undefined>> };
    },
  };
}

/** The results of one `asCompleted`, and those that wait for the next. */
class Completing<T> implements Shared {
  /** @internal */ loop: object | null = null;
  private readonly todo = new SafeSet<Future<T>>();
  private readonly done = new SafeSet<Future<T>>();
  private readonly line = new Line<SharedWait>();
  private expired = false;
  private timer: TimerHandle | null = null;

  constructor(awaitables: Iterable<Awaitable<T>>, timeout: number | null) {
    const loop = getRunningLoop();
    const seen = new SafeSet<Awaitable<T>>();
    for (const one of awaitables) seen.add(one);
    for (const one of seen) this.todo.add(ensureFuture(one, { loop }));
    for (const future of this.todo) future.whenDone(this.completed);
    if (this.todo.size > 0 && timeout !== null) this.timer = loop.ownLater(timeout, this.expire);
  }

  /** How many there are to come. */
  get count(): number {
    return this.todo.size;
  }

  private readonly completed = named('_AsCompletedIterator._handle_completion', (future: Future<T>): void => {
    // One stretch without a call: it is among these or those.
    if (this.todo.delete(future)) this.done.add(future);
    if (this.todo.size === 0) this.timer?.cancel();
    this.wake(this.done.size);
  });

  private readonly expire = (): void => {
    this.expired = true;
    for (const future of this.todo) future.removeDoneCallback(this.completed);
    this.wake(this.line.size);
  };

  private wake(count: number): void {
    let left = count;
    for (let waiter = this.line.first; waiter !== null; waiter = waiter.behind) {
      if (left-- <= 0) return;
      if (!waiter.done()) waiter.setResult(undefined);
    }
  }

  /** @internal */
  mend(): void {
    this.wake(this.expired ? this.line.size : this.done.size);
  }

  *nextResult(): Generator<unknown, T, unknown> {
    return (yield* this.next()).result();
  }

  *next(): Generator<unknown, Future<T>, unknown> {
    while (this.done.size === 0 && !this.expired) {
      const wait = new SharedWait(this, this.line, 'queue.get of asCompleted');
      try {
        yield* wait;
      } finally {
        this.line.delete(wait);
        // Woken and cancelled at once: the result is for the next.
        this.mend();
      }
    }
    for (const future of this.done) {
      this.done.delete(future);
      return future;
    }
    throw new TimeoutError();
  }
}
