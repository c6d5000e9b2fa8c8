// wait: until one, or all, of some tasks are done.

import { begin } from './engine/begin.ts';
import { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { ValueError } from './engine/errors.ts';
import { Future } from './engine/future.ts';
import type { TimerHandle } from './engine/handle.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import { Joint } from './engine/joint.ts';
import type { Loop } from './engine/loop.ts';
import { PENDING } from './engine/now.ts';
import { isCoroutine } from './engine/predicates.ts';
import { includes, SafeSet, setAdd } from './engine/primordials.ts';
import { futureOf } from './engine/promise.ts';
import { checkIterable, repr } from './engine/repr.ts';
import { askedBy } from './engine/tracing.ts';
import { named } from './engine/waiters.ts';

/** When {@link wait} returns, in Python's words. */
export type ReturnWhen = 'ALL_COMPLETED' | 'FIRST_COMPLETED' | 'FIRST_EXCEPTION';

/** How long {@link wait} waits, and for what. */
export interface WaitOptions {
  /** Seconds after which it returns, whatever is done. Nothing is cancelled. */
  readonly timeout?: number | null | undefined;
  /** Default: all of them. `FIRST_EXCEPTION`: the first failure, else all. */
  readonly returnWhen?: ReturnWhen | undefined;
}

const WAIT = internalCode('wait');
const WHEN: readonly unknown[] = ['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'];

/** Waits for tasks and futures; gives those done and those pending (Python: `asyncio.wait`). */
export function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Coroutine<{ done: Set<F>; pending: Set<F> } & [done: Set<F>, pending: Set<F>]> {
  return internal(waitBody(futures, options), WAIT);
}

type Sets<F> = { done: Set<F>; pending: Set<F> } & [done: Set<F>, pending: Set<F>];

function* waitBody<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions,
): Generator<unknown, Sets<F>, unknown> {
  const when = options.returnWhen ?? 'ALL_COMPLETED';
  const all = checked(futures, when);
  const loop = getRunningLoop();
  yield* until(loop, all, options.timeout ?? null, when);
  const done = new Set<F>();
  const pending = new Set<F>();
  for (const future of all) setAdd(future.done() ? done : pending, future);
  const sets = [done, pending] as unknown as Sets<F>;
  sets.done = done;
  sets.pending = pending;
  return sets;
}

function checked<F extends Future<unknown>>(futures: Iterable<F>, when: unknown): SafeSet<F> {
  if (futures instanceof Future || futures instanceof Coroutine) {
    const kind = futures instanceof Future ? futures[Symbol.toStringTag] : 'coroutine';
    throw new TypeError(`expect a list of futures, not ${kind}`);
  }
  checkIterable(futures);
  const all = new SafeSet<F>();
  for (const future of futures) all.add(future);
  if (all.size === 0) throw new ValueError('Set of Tasks/Futures is empty.');
  if (!includes(WHEN, when)) throw new ValueError(`Invalid return_when value: ${String(when)}`);
  for (const one of all as Set<unknown>) {
    if (isCoroutine(one)) throw new TypeError('Passing coroutines is forbidden, use tasks explicitly.');
    if (!(one instanceof Future)) {
      const remedy = typeof one === 'object' && one !== null && futureOf !== undefined ? ': use ensureFuture' : '';
      throw new TypeError(`An asyncio.Future is required, got ${repr(one)}${remedy}`);
    }
  }
  return all;
}

function* until(
  loop: Loop,
  all: SafeSet<Future<unknown>>,
  timeout: number | null,
  when: ReturnWhen,
): Generator<unknown, void, unknown> {
  const waiter = new Joint(loop, `wait for ${all.size}`, all);
  let timer: TimerHandle | null = null;
  if (timeout !== null) timer = loop.ownLater(timeout, () => release(waiter));
  let left = all.size;
  const completed = named('_wait.<locals>._on_completion', (future: Future<unknown>): void => {
    const failed = when === 'FIRST_EXCEPTION' && !future.cancelled() && future.exception() !== null;
    if (left > 1 && when !== 'FIRST_COMPLETED' && !failed) {
      // Counted last, so that it can be done again if it is terminated half-way.
      left--;
      return;
    }
    timer?.cancel();
    release(waiter);
  });
  for (const future of all) future.whenDone(completed, () => waiter);
  try {
    yield* waiter;
  } finally {
    timer?.cancel();
    for (const future of all) future.removeDoneCallback(completed);
  }
}

/** @internal */
export function release(waiter: Future<unknown>): void {
  if (!waiter.done()) waiter.setResult(undefined);
}

/** @internal Cancels, and waits until it is done. */
export function* cancelAndWait(future: Future<unknown>, asker?: string): Generator<unknown, void, unknown> {
  const waiter = new Joint(future.loop, future.waitName(), [future]);
  const done = (): void => release(waiter);
  future.whenDone(done, () => waiter);
  try {
    if (asker === undefined) future.cancel();
    else askedBy(asker, () => future.cancel());
    if (begin(waiter) === PENDING) yield PENDING;
  } finally {
    future.removeDoneCallback(done);
  }
}

markLibrary(wait);
