// Condition: a lock, and a place to wait for a change of what it guards.

import type { Coroutine } from './engine/coroutine.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { now } from './engine/now.ts';
import { push } from './engine/primordials.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { InLine, Shared } from './engine/types.ts';
import { type Held, Lock, label, type Named, waiting } from './lock.ts';

const WAIT = internalCode('wait');
const WAIT_FOR = internalCode('wait_for');

/** Tasks that hold its lock wait for others to notify them (Python: `asyncio.Condition`). */
export class Condition implements Shared {
  /** @internal */ loop: object | null = null;
  private readonly lock: Lock;
  private readonly waiters = new Line<SharedWait>();
  /** Those that have been notified and are being woken. */
  private notified: readonly SharedWait[] = [];
  private readonly label: string;

  constructor(options: Named & { readonly lock?: Lock | undefined } = {}) {
    this.lock = options.lock ?? new Lock(options);
    this.label = label('condition', options);
  }

  /** Waits until the lock is free, and takes it; `using held = await condition.acquire()` releases it. */
  acquire(): Coroutine<Held> {
    return this.lock.acquire();
  }

  /** Releases the lock. @throws RuntimeError if nobody holds it. */
  release(): void {
    this.lock.release();
  }

  /** True while a task holds the lock. */
  locked(): boolean {
    return this.lock.locked();
  }

  /** Releases the lock, waits to be notified, takes the lock again. */
  wait(): Coroutine<true> {
    return internal(this.waitBody(), WAIT);
  }

  private *waitBody(): Generator<unknown, true, unknown> {
    if (!this.locked()) throw new RuntimeError('cannot wait on un-acquired lock');
    const future = new SharedWait(this, this.waiters, this.label);
    this.release();
    try {
      return yield* this.untilNotified(future);
    } catch (error) {
      // It may have been notified, and does not act on it: another one must.
      this.wake(1);
      throw error;
    }
  }

  private *untilNotified(future: SharedWait): Generator<unknown, true, unknown> {
    try {
      try {
        yield* future;
        return true;
      } finally {
        this.waiters.delete(future);
      }
    } finally {
      yield* this.acquireAgain();
    }
  }

  /** The lock is taken again whatever happens, because the caller's block releases it. */
  private *acquireAgain(): Generator<unknown, void, unknown> {
    let cancelled: CancelledError | null = null;
    for (;;) {
      try {
        yield* this.acquire();
        break;
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        cancelled = error;
      }
    }
    if (cancelled !== null) throw cancelled;
  }

  /** Waits until `predicate()` is truthy, and gives its value. */
  waitFor<T>(predicate: () => T): Coroutine<T> {
    return internal(this.waitForBody(predicate), WAIT_FOR);
  }

  private *waitForBody<T>(predicate: () => T): Generator<unknown, T, unknown> {
    let result = predicate();
    while (!result) {
      yield* this.wait();
      result = predicate();
    }
    return result;
  }

  /** Wakes up to `n` waiting tasks. */
  notify(n = 1): void {
    if (!this.locked()) throw new RuntimeError('cannot notify on un-acquired lock');
    this.wake(n);
  }

  private wake(n: number): void {
    const notified: SharedWait[] = [];
    for (let waiter = this.waiters.first; waiter !== null && notified.length < n; waiter = waiter.behind) {
      if (!waiter.done()) push(notified, waiter);
    }
    try {
      this.notified = notified;
      this.wakeNotified();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  private wakeNotified(): void {
    const { notified } = this;
    for (let at = 0; at < notified.length; at++) {
      const waiter = notified[at] as SharedWait;
      if (!waiter.done()) waiter.setResult(false);
    }
    this.notified = [];
  }

  /** @internal */
  mend(_waits: readonly InLine[], lost: InLine | null): void {
    this.wakeNotified();
    // The killed task was notified, and had not heard of it.
    if (lost?.settled() === true) this.wake(1);
  }

  /** @internal Wakes all, whoever holds the lock: each looks again whether it may go on. */
  protected stir(): void {
    this.wake(this.waiters.size);
  }

  /** Wakes all waiting tasks. @throws RuntimeError if the lock is not held. */
  notifyAll(): void {
    this.notify(this.waiters.size);
  }

  toString(): string {
    return `<Condition [${this.locked() ? 'locked' : 'unlocked'}${waiting(this.waiters)}]>`;
  }
}
