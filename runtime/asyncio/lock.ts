// Lock: one holder at a time, first come first served. Also the record that `using` releases.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { RuntimeError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { now, PENDING } from './engine/now.ts';
import { taskOf } from './engine/running.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { Task } from './engine/task.ts';
import type { Shared } from './engine/types.ts';

/** What is named in pictures: `new Lock({ name: 'printer' })` is waited for as `lock printer`. */
export interface Named {
  readonly name?: string | undefined;
}

/** Releases at the end of the block: `using held = await lock.acquire()`. */
export interface Held {
  [Symbol.dispose](): void;
}

/** What is released: a lock, a semaphore. */
export interface Releases {
  release(): void;
}

/** @internal */
export class Holding implements Held {
  private readonly what: Releases;

  constructor(what: Releases) {
    this.what = what;
  }

  [Symbol.dispose](): void {
    this.what.release();
  }
}

/** @internal `lock printer`. */
export function label(kind: string, options: Named): string {
  return options.name === undefined ? kind : `${kind} ${options.name}`;
}

const ACQUIRE = internalCode('acquire');

/** A wait for a lock: pictures show who holds it. */
class LockWait extends SharedWait {
  declare readonly of: Lock;

  get holder(): Task<unknown> | null {
    return this.of.holder;
  }
}

/** Mutual exclusion between tasks (Python: `asyncio.Lock`). Not reentrant. */
export class Lock implements Releases, Shared {
  /** @internal */ loop: object | null = null;
  /** @internal */ readonly waiters = new Line<SharedWait>();
  /** @internal */ readonly label: string;
  /** @internal The task that acquired it last; null if it is free. */ holder: Task<unknown> | null = null;
  private isLocked = false;
  private readonly held = new Holding(this);

  constructor(options: Named = {}) {
    this.label = label('lock', options);
  }

  /** True while a task holds it. A task that was killed holds nothing: its `finally` blocks will not run. */
  locked(): boolean {
    if (this.isLocked && this.holder?.rare?.killed === true) {
      this.isLocked = false;
      this.holder = null;
    }
    return this.isLocked;
  }

  /** Waits until it is free, and takes it. */
  acquire(): Coroutine<Held> {
    return internal(this.acquiring(), ACQUIRE);
  }

  private *acquiring(): Generator<unknown, Held, unknown> {
    const { waiters } = this;
    const task = taskOf(now.driver);
    if (this.locked() || !allCancelled(waiters)) {
      const future = new LockWait(this, waiters, this.label);
      try {
        if (begin(future) === PENDING) yield PENDING;
      } catch (error) {
        waiters.delete(future);
        // Woken and cancelled at once: the next task must not wait for a lock that nobody holds.
        this.wakeFirst();
        throw error;
      }
      waiters.delete(future);
    }
    this.isLocked = true;
    this.holder = task;
    return this.held;
  }

  /** Gives it to the task that has waited longest. @throws RuntimeError if nobody holds it. */
  release(): void {
    if (!this.isLocked) throw new RuntimeError('Lock is not acquired.');
    try {
      this.isLocked = false;
      this.holder = null;
      this.wakeFirst();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  private wakeFirst(): void {
    if (this.isLocked) return;
    const { first } = this.waiters;
    if (first !== null && !first.done()) first.setResult(true);
  }

  /** @internal */
  mend(): void {
    if (!this.locked()) this.wakeFirst();
  }

  toString(): string {
    return `<Lock [${this.locked() ? 'locked' : 'unlocked'}${waiting(this.waiters)}]>`;
  }
}

/** @internal */
export function allCancelled(waiters: Line<SharedWait>): boolean {
  for (let waiter = waiters.first; waiter !== null; waiter = waiter.behind) if (!waiter.cancelled()) return false;
  return true;
}

/** @internal */
export function waiting(waiters: { readonly size: number }): string {
  return waiters.size === 0 ? '' : `, waiters:${waiters.size}`;
}
