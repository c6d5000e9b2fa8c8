// Semaphore and BoundedSemaphore: so many holders at a time.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { ValueError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { now, PENDING } from './engine/now.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { Shared } from './engine/types.ts';
import { allCancelled, type Held, Holding, label, type Named, type Releases, waiting } from './lock.ts';

const ACQUIRE = internalCode('acquire');

/** At most `value` holders at a time (Python: `asyncio.Semaphore`). */
export class Semaphore implements Releases, Shared {
  /** @internal The places that nobody has taken; one may be promised to a waiter that has been woken. */
  protected value: number;
  /** @internal */ loop: object | null = null;
  private readonly waiters = new Line<SharedWait>();
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
    const future = new SharedWait(this, this.waiters, this.label);
    try {
      if (begin(future) === PENDING) yield PENDING;
    } catch (error) {
      this.waiters.delete(future);
      // Woken and cancelled at once: the place goes to the next.
      this.wakeNext();
      throw error;
    }
    this.wakeNext();
    // One stretch without a call: the place is promised or taken, and never both or neither.
    this.waiters.delete(future);
    this.value--;
    return this.held;
  }

  /** Gives a place back, to the task that has waited longest. */
  release(): void {
    try {
      this.value++;
      this.wakeNext();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** @internal The places that are neither taken nor promised. */
  protected free(): number {
    let { value } = this;
    for (let waiter = this.waiters.first; waiter !== null; waiter = waiter.behind) {
      if (waiter.done() && !waiter.cancelled()) value--;
    }
    return value;
  }

  /** Promises free places to those who have waited longest. */
  private wakeNext(): void {
    let { value } = this;
    for (let waiter = this.waiters.first; waiter !== null; waiter = waiter.behind) {
      if (waiter.cancelled()) continue;
      if (value <= 0) return;
      if (!waiter.done()) waiter.setResult(true);
      value--;
    }
  }

  /** @internal */
  mend(): void {
    this.wakeNext();
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
    if (this.free() >= this.bound) throw new ValueError('BoundedSemaphore released too many times');
    super.release();
  }
}
