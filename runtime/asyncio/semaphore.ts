// Semaphore and BoundedSemaphore: so many holders at a time.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { CancelledError, ValueError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { internal, internalCode } from './engine/internal.ts';
import { PENDING } from './engine/now.ts';
import { SharedWait } from './engine/shared-wait.ts';
import { allCancelled, type Held, Holding, label, type Named, type Releases, waiting } from './lock.ts';

const ACQUIRE = internalCode('acquire');

/** At most `value` holders at a time (Python: `asyncio.Semaphore`). */
export class Semaphore implements Releases {
  /** @internal */ protected value: number;
  private readonly waiters = new Set<Future<unknown>>();
  private readonly label: string;
  private readonly held = new Holding(this);

  constructor(value = 1, options: Named = {}) {
    if (!(value >= 0)) throw new ValueError('Semaphore initial value must be >= 0');
    this.value = value;
    this.label = label('semaphore', options);
  }

  /** True if `acquire` would have to wait. */
  locked(): boolean {
    return this.value === 0 || !allCancelled(this.waiters);
  }

  /** Waits for a place, and takes it; `using held = await semaphore.acquire()` releases it. */
  acquire(): Coroutine<Held> {
    return internal(this.acquiring(), ACQUIRE);
  }

  private *acquiring(): Generator<unknown, Held, unknown> {
    if (!this.locked()) {
      this.value--;
      return this.held;
    }
    const future = new SharedWait(this, this.label);
    this.waiters.add(future);
    try {
      try {
        if (begin(future) === PENDING) yield PENDING;
      } finally {
        this.waiters.delete(future);
      }
    } catch (error) {
      if (error instanceof CancelledError && !future.cancelled()) {
        this.value++;
        this.wakeNext();
      }
      throw error;
    }
    if (this.value > 0) this.wakeNext();
    return this.held;
  }

  /** Gives a place back, to the task that has waited longest. */
  release(): void {
    this.value++;
    this.wakeNext();
  }

  private wakeNext(): void {
    for (const waiter of this.waiters) {
      if (waiter.done()) continue;
      this.value--;
      waiter.setResult(true);
      return;
    }
  }

  toString(): string {
    const state = this.locked() ? 'locked' : `unlocked, value:${this.value}`;
    return `<${this.constructor.name} [${state}${waiting(this.waiters)}]>`;
  }
}

/** A semaphore that is never released more often than acquired (Python: `asyncio.BoundedSemaphore`). */
export class BoundedSemaphore extends Semaphore {
  private readonly bound: number;

  constructor(value = 1, options: Named = {}) {
    super(value, options);
    this.bound = value;
  }

  override release(): void {
    if (this.value >= this.bound) throw new ValueError('BoundedSemaphore released too many times');
    super.release();
  }
}
