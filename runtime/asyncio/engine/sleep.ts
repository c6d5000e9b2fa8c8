// sleep: a coroutine without a body that is its own timer. One object per sleep, because there may be 100,000 of them.

import { Coroutine } from './coroutine.ts';
import { markCoroutineFunction } from './coroutine-functions.ts';
import { CLOSED, CREATED, STARTED } from './coroutine-phase.ts';
import { CancelledError, RuntimeError, ValueError } from './errors.ts';
import type { Loop } from './loop.ts';
import { PENDING, type Pending } from './now.ts';
import { isNotANumber } from './primordials.ts';
import { pythonType } from './repr.ts';
import { loopNow, taskOf } from './running.ts';
import { mayBegin } from './stack.ts';
import type { Task } from './task.ts';
import type { Code, Driver, Wait } from './types.ts';

const CODE: Code = { name: 'sleep', internal: true };
const SLEEPING = 0;
const FIRED = 1;
const CANCELLED = 2;

/** What `sleep` returns. */
export class Sleep extends Coroutine<unknown> implements Wait {
  readonly delay: number;
  /** The result; after a cancellation, its message. */
  value: unknown;
  due = 0;
  order = 0;
  /** SLEEPING, FIRED or CANCELLED. */
  status = SLEEPING;

  constructor(delay: number, value: unknown) {
    super(null, CODE);
    this.delay = delay;
    this.value = value;
  }

  /** A sleep of zero seconds yields to the other tasks once and is never a timer. */
  get immediate(): boolean {
    return this.delay <= 0;
  }

  /** The timer fired, or the sleep was cancelled. */
  get over(): boolean {
    return this.status !== SLEEPING;
  }

  get cancelled(): boolean {
    return this.status === CANCELLED;
  }

  /** The task that sleeps. */
  get sleeper(): Task<unknown> | null {
    return taskOf(this.driver);
  }

  override begin(driver: Driver): unknown | Pending {
    this.claim();
    if (typeof this.delay !== 'number' || isNotANumber(this.delay)) throw this.refused();
    this.driver = driver;
    const task = taskOf(driver);
    if (task === null) return this.byHand(driver);
    driver.waiting = this;
    if (this.delay > 0) task.loop.addSleep(this);
    return PENDING;
  }

  private claim(): void {
    if (this.phase !== CREATED) mayBegin(this);
    this.phase = STARTED;
  }

  private refused(): Error {
    this.phase = CLOSED;
    if (typeof this.delay === 'number') return new ValueError('Invalid delay: NaN (not a number)');
    return new TypeError(`'<=' not supported between instances of '${pythonType(this.delay)}' and 'int'`);
  }

  /** Under `send` there is no task to wake, so an ordinary future stands for the timer. */
  private byHand(driver: Driver): Pending {
    if (this.delay > 0) {
      const loop = loopNow();
      if (loop === null) throw new RuntimeError('no running event loop');
      const future = loop.createFuture(this.waitName());
      loop.callLater(this.delay, () => {
        if (!future.done()) future.setResult(this.value);
      });
      driver.waiting = future;
    }
    this.phase = CLOSED;
    return PENDING;
  }

  /** The timer is due: in asyncio this sets a future's result, whose callback then schedules the task. */
  run(loop: Loop): void {
    if (this.over) return;
    this.status = FIRED;
    const { sleeper } = this;
    // Not if the stack was full as it began, and the task waits for something else.
    if (sleeper?.waiting === this) loop.enqueue(sleeper);
  }

  /** The task is resumed; true if it was cancelled. */
  leave(): boolean {
    this.phase = CLOSED;
    this.driver = null;
    return this.cancelled;
  }

  makeCancelledError(): Error {
    return new CancelledError((this.value as string | undefined) ?? '');
  }

  waitName(): string {
    return `sleep(${this.delay})`;
  }

  cancelWait(message: string | undefined): boolean {
    const task = this.sleeper;
    if (this.over || this.delay <= 0 || task === null) return false;
    this.status = CANCELLED;
    this.value = message;
    task.loop.sleepCancelled();
    if (!task.scheduled && task.loop.current !== task) task.loop.enqueue(task);
    return true;
  }

  settled(): boolean {
    return this.over || this.delay <= 0;
  }
}

/**
 * Suspends the task for `delay` seconds, then gives `result`. Zero or less gives way to the other tasks once.
 * Python: `asyncio.sleep`. The await throws ValueError for NaN.
 */
export function sleep(delay: number): Coroutine<void>;
export function sleep<T>(delay: number, result: T): Coroutine<T>;
export function sleep(delay: number, result?: unknown): Coroutine<unknown> {
  return new Sleep(delay, result);
}

markCoroutineFunction(sleep, CODE);
