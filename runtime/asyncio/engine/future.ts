// A result that will be there later, and what waits for it. What computes it is in task.ts.

import { SUSPEND } from './begin.ts';
import { describeFuture } from './describe.ts';
import { addNote, CancelledError, InvalidStateError, RuntimeError } from './errors.ts';
import { type Failure, forgetFailure, watchFailure } from './failures.ts';
import type { Loop } from './loop.ts';
import { now, PENDING, type Pending, type Suspension } from './now.ts';
import { apply, construct, filtered, isArray, isError, promiseFinally, promiseThen, push } from './primordials.ts';
import { repr } from './repr.ts';
import { Steps } from './steps.ts';
import type { Task } from './task.ts';
import type { Driver, Scope, Wait } from './types.ts';
import { type Behind, ChildDone, DoneCallback, type Gatherer, NOBODY_WAITS } from './waiters.ts';

const OPEN = 0;
const RESULT = 1;
const EXCEPTION = 2;
const CANCELLED = 3;

/** What may wait for a future. */
export type Waiter = Task<unknown> | DoneCallback | (Gatherer<Future<unknown>> & Future<unknown>);

/** A result that will be there later (Python: `asyncio.Future`). Made by `loop.createFuture()`. */
export class Future<T> implements PromiseLike<T>, Wait {
  /** @internal */ readonly loop: Loop;
  /** @internal */ phase = OPEN;
  /** @internal The result, or the error. */ outcome: unknown = undefined;
  /** @internal */ waiters: Waiter | Waiter[] | null = null;
  /** @internal */ cancelMessage: string | undefined = undefined;
  /** @internal It failed, and nobody has looked at the error yet. */ unretrieved: Failure | null = null;
  /** @internal The name of a wait for it. */ label: string | undefined = undefined;

  /** @internal */
  constructor(loop: Loop, label?: string) {
    this.loop = loop;
    if (label !== undefined) this.label = label;
  }

  get [Symbol.toStringTag](): string {
    return 'Future';
  }

  /** The loop that it belongs to. */
  getLoop(): Loop {
    return this.loop;
  }

  /** True when there is a result, an error, or it was cancelled. */
  done(): boolean {
    return this.phase !== OPEN;
  }

  /** True if it was cancelled. */
  cancelled(): boolean {
    return this.phase === CANCELLED;
  }

  /** The result. @throws what it failed with; CancelledError; InvalidStateError if it is not done. */
  result(): T {
    if (this.phase === RESULT) return this.outcome as T;
    if (this.phase === OPEN) throw new InvalidStateError('Result is not set.');
    throw this.failure();
  }

  /** What it failed with, or null. @throws CancelledError; InvalidStateError if it is not done. */
  exception(): Error | null {
    if (this.phase === OPEN) throw new InvalidStateError('Exception is not set.');
    if (this.phase === CANCELLED) throw this.makeCancelledError();
    if (this.phase === RESULT) return null;
    this.retrieved();
    return this.outcome as Error;
  }

  /** @internal The error that an awaiter gets. */
  failure(): unknown {
    if (this.phase === CANCELLED) return this.makeCancelledError();
    this.retrieved();
    return this.outcome;
  }

  /** Sets the result and wakes all that wait for it. @throws InvalidStateError if it is done. */
  setResult(result: T): void {
    if (this.phase !== OPEN) throw new InvalidStateError('invalid state');
    this.outcome = result;
    this.finish(RESULT);
  }

  /** Makes it fail with `error`, or with an instance of that class. @throws InvalidStateError if it is done. */
  setException(error: Error | (new () => Error)): void {
    if (this.phase !== OPEN) throw new InvalidStateError('invalid state');
    const made: unknown = typeof error === 'function' ? construct(error, []) : error;
    if (!isError(made)) {
      throw addNote(
        new TypeError('invalid exception object'),
        `Expected an Error or a class of errors, got ${repr(made)}.`,
      );
    }
    this.failWith(made);
  }

  /** @internal Anything may be thrown, and is kept as it is. */
  failWith(error: unknown): void {
    this.outcome = error;
    this.watchFailure();
    this.finish(EXCEPTION);
  }

  /** Cancels it and wakes all that wait for it; false if it is done. */
  cancel(message?: string): boolean {
    this.retrieved();
    if (this.phase !== OPEN) return false;
    this.cancelMessage = message;
    this.finish(CANCELLED);
    return true;
  }

  /** Calls `call(future)` in a later pass of the loop once it is done. */
  addDoneCallback(call: (future: this) => void, options: { readonly context?: Scope } = {}): void {
    this.onDone(new DoneCallback(this, call as (future: never) => void, options.context, null));
  }

  /** @internal Calls the library's own `call`, which must be safe to call again after a termination. */
  whenDone(call: (future: this) => void, behind: Behind = NOBODY_WAITS): void {
    this.onDone(new DoneCallback(this, call as (future: never) => void, undefined, behind));
  }

  private onDone(waiter: DoneCallback): void {
    if (this.phase !== OPEN) this.loop.enqueue(waiter);
    else this.addWaiter(waiter);
  }

  /** Removes a callback; gives how many there were. */
  removeDoneCallback(call: (future: never) => void): number {
    return this.removeWaiters((waiter) => waiter instanceof DoneCallback && waiter.call === call);
  }

  /** @internal */
  addWaiter(waiter: Waiter): void {
    const waiters = this.waiters;
    if (waiters === null) this.waiters = waiter;
    else if (isArray(waiters)) push(waiters, waiter);
    else this.waiters = [waiters, waiter];
  }

  /** @internal */
  removeWaiters(which: (waiter: Waiter) => boolean): number {
    const waiters = this.waiters;
    if (waiters === null) return 0;
    const all = isArray(waiters) ? waiters : [waiters];
    const kept = filtered(all, (waiter) => !which(waiter));
    this.waiters = kept.length === 0 ? null : kept;
    return all.length - kept.length;
  }

  /** @internal Reports an error that no task is waiting for, unless somebody looks at it. */
  protected watchFailure(): void {
    const { waiters } = this;
    const awaited = waiters !== null && !isArray(waiters) && !(waiters instanceof DoneCallback);
    if (!awaited) this.unretrieved = watchFailure(this);
  }

  /** @internal */
  retrieved(): void {
    if (this.unretrieved === null) return;
    forgetFailure(this.unretrieved);
    this.unretrieved = null;
  }

  /** @internal It is done: all that wait for it go into the ready queue, in order. */
  protected finish(phase: number): void {
    this.phase = phase;
    const loop = this.loop;
    // Kept on the loop until all are woken, so that recover() finds those that a termination left out.
    loop.completing = this;
    const waiters = this.waiters;
    try {
      if (waiters !== null) {
        if (isArray(waiters)) this.wakeAll(waiters);
        else this.wake(waiters);
        this.waiters = null;
      }
    } catch (error) {
      // Neither a call nor a literal would succeed here.
      const { halfway } = loop;
      halfway[halfway.length] = this;
      halfway[halfway.length] = loop.waking;
      loop.waking = null;
      now.struck = true;
      throw error;
    } finally {
      loop.completing = null;
    }
  }

  /** @internal A slot is emptied before its waiter is woken, so that a termination wakes nobody twice. */
  wakeAll(waiters: (Waiter | null)[]): void {
    for (let at = 0; at < waiters.length; at++) {
      const waiter = waiters[at];
      if (waiter === null || waiter === undefined) continue;
      this.loop.waking = waiter;
      waiters[at] = null;
      this.wake(waiter);
      this.loop.waking = null;
    }
  }

  /** @internal */
  wake(waiter: Waiter): void {
    if ('childDone' in waiter) this.loop.enqueue(new ChildDone(waiter, this));
    else this.loop.enqueue(waiter);
  }

  /** @internal */
  makeCancelledError(): Error {
    const kept = this.outcome;
    if (kept instanceof CancelledError) {
      this.outcome = undefined;
      return kept;
    }
    return new CancelledError(this.cancelMessage ?? '');
  }

  /** @internal */
  [SUSPEND](driver: Driver): T | Pending {
    if (this.phase === RESULT) return this.outcome as T;
    if (this.phase !== OPEN) throw this.failure();
    driver.waiting = this;
    return PENDING;
  }

  /** @internal What a coroutine that is stepped by hand gets when it is resumed. */
  outcomeNow(): unknown {
    if (this.phase === OPEN) throw new RuntimeError("await wasn't used with future");
    return this.result();
  }

  /** @internal */
  waitName(): string {
    return this.label ?? 'future';
  }

  /** @internal */
  cancelWait(message: string | undefined): boolean {
    return this.cancel(message);
  }

  /** @internal */
  settled(): boolean {
    return this.phase !== OPEN;
  }

  /** The bridge for native code. In coroutines an await does not come here. */
  // biome-ignore lint/suspicious/noThenProperty: the bridge is what makes a future awaitable by native code.
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return apply(promiseThen, this.native(), [fulfilled, rejected]) as Promise<A | B>;
  }

  /** The bridge for native code, as a promise's. */
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return apply(promiseThen, this.native(), [undefined, rejected]) as Promise<T | B>;
  }

  /** The bridge for native code, as a promise's. */
  finally(settled?: (() => void) | null): Promise<T> {
    return apply(promiseFinally, this.native(), [settled]) as Promise<T>;
  }

  private native(): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        this.loop.yieldToNative();
        if (this.phase === RESULT) resolve(this.outcome as T);
        else reject(this.failure());
      };
      this.whenDone(settle);
    });
  }

  /** For the generator form: `yield* future`. */
  [Symbol.iterator](): Generator<Suspension, T, unknown> {
    return new Steps<T>(this) as unknown as Generator<Suspension, T, unknown>;
  }

  toString(): string {
    return describeFuture(this);
  }
}

/** @internal Whether an object of the engine's is a task: no other kind has a coroutine. */
export function isTask(value: object): value is Task<unknown> {
  return 'coroutine' in value;
}

/** @internal What Python says if a future of another loop is awaited. */
export function foreignLoop(task: Task<unknown>, future: Future<unknown>): Error {
  return addNote(
    new RuntimeError(`Task ${task} got Future ${future} attached to a different loop`),
    'A future, lock, queue or task belongs to the loop of the run() that made it.',
  );
}

export const phases = { OPEN, RESULT, EXCEPTION, CANCELLED } as const;
