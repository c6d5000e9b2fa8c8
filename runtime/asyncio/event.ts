// Event: a flag that tasks wait for.

import type { Coroutine } from './engine/coroutine.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { now } from './engine/now.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { Shared } from './engine/types.ts';
import { label, type Named, waiting } from './lock.ts';

const WAIT = internalCode('wait');

/** A flag that wakes all tasks that wait for it when it is set (Python: `asyncio.Event`). */
export class Event implements Shared {
  /** @internal */ loop: object | null = null;
  private readonly waiters = new Line<SharedWait>();
  private value = false;
  private readonly label: string;

  constructor(options: Named = {}) {
    this.label = label('event', options);
  }

  /** True while the flag is set. */
  isSet(): boolean {
    return this.value;
  }

  /** Sets the flag and wakes all tasks that wait for it. */
  set(): void {
    if (this.value) return;
    try {
      this.value = true;
      this.mend();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** @internal */
  mend(): void {
    if (!this.value) return;
    for (let waiter = this.waiters.first; waiter !== null; waiter = waiter.behind) {
      if (!waiter.done()) waiter.setResult(true);
    }
  }

  /** Clears the flag: from here on `wait` waits again. */
  clear(): void {
    this.value = false;
  }

  /** Waits until it is set; returns at once if it is. */
  wait(): Coroutine<true> {
    return internal(this.waitBody(), WAIT);
  }

  private *waitBody(): Generator<unknown, true, unknown> {
    if (this.value) return true;
    const future = new SharedWait(this, this.waiters, this.label);
    try {
      yield* future;
      return true;
    } finally {
      this.waiters.delete(future);
    }
  }

  toString(): string {
    return `<Event [${this.value ? 'set' : 'unset'}${waiting(this.waiters)}]>`;
  }
}
