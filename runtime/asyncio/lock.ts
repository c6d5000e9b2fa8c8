// Lock: one holder at a time, first come first served. Also the record that `using` releases.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { internal, internalCode } from './engine/internal.ts';
import { now, PENDING } from './engine/now.ts';
import { taskOf } from './engine/running.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { Task } from './engine/task.ts';

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
export class Lock implements Releases {
  /** @internal */ readonly waiters = new Set<Future<unknown>>();
  /** @internal */ readonly label: string;
  /** @internal The task that acquired it last; null if it is free. */ holder: Task<unknown> | null = null;
  private isLocked = false;
  private readonly held = new Holding(this);

  constructor(options: Named = {}) {
    this.label = label('lock', options);
  }

  /** True while a task holds it. */
  locked(): boolean {
    return this.isLocked;
  }

  /** Waits until it is free, and takes it. */
  acquire(): Coroutine<Held> {
    return internal(this.acquiring(), ACQUIRE);
  }

  private *acquiring(): Generator<unknown, Held, unknown> {
    const { waiters } = this;
    if (!this.isLocked && allCancelled(waiters)) {
      return this.take();
    }
    const future = new LockWait(this, this.label);
    waiters.add(future);
    try {
      try {
        if (begin(future) === PENDING) yield PENDING;
      } finally {
        waiters.delete(future);
      }
    } catch (error) {
      // Woken and cancelled at once: the next task must not wait for a lock that nobody holds.
      if (error instanceof CancelledError && !this.isLocked) this.wakeFirst();
      throw error;
    }
    return this.take();
  }

  private take(): Held {
    this.isLocked = true;
    this.holder = taskOf(now.driver);
    return this.held;
  }

  /** Gives it to the task that has waited longest. @throws RuntimeError if nobody holds it. */
  release(): void {
    if (!this.isLocked) throw new RuntimeError('Lock is not acquired.');
    this.isLocked = false;
    this.holder = null;
    this.wakeFirst();
  }

  private wakeFirst(): void {
    for (const first of this.waiters) {
      if (!first.done()) first.setResult(true);
      return;
    }
  }

  toString(): string {
    return `<Lock [${this.isLocked ? 'locked' : 'unlocked'}${waiting(this.waiters)}]>`;
  }
}

/** @internal */
export function allCancelled(waiters: Iterable<Future<unknown>>): boolean {
  for (const waiter of waiters) if (!waiter.cancelled()) return false;
  return true;
}

/** @internal */
export function waiting(waiters: ReadonlySet<unknown>): string {
  return waiters.size === 0 ? '' : `, waiters:${waiters.size}`;
}
