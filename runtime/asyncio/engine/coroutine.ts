// The coroutine object and how its body begins: on the native stack, so that an await that never suspends costs little.
// One that suspended is resumed by resume.ts; what schedules drivers is task.ts and loop.ts.

import { begin, beginCompiled, outside, SUSPEND } from './begin.ts';
import { closeByHand, stepByHand } from './by-hand.ts';
import { CLOSED, CREATED, STARTED, TAKEN, WATCHED } from './coroutine-phase.ts';
import { RuntimeError } from './errors.ts';
import { now, PENDING, type Pending, type Suspension } from './now.ts';
import { apply, defineProperty, nextOf, promiseFinally } from './primordials.ts';
import { badYield, resumeNatively } from './resume.ts';
import { isRunning, leave, mayBegin } from './stack.ts';
import { Steps } from './steps.ts';
import type { Body, Code, CoroutineState, Driver, Frame } from './types.ts';
import { born, settleLoss } from './unawaited.ts';

// Each level of natively nested awaits takes about 0.5 KB of the native stack; deeper ones go to the driver's own stack.
const NATIVE_DEPTH = 200;

/**
 * A call of a coroutine function whose body has not run yet: awaiting, running or scheduling it executes it, once.
 * Python: the coroutine object.
 */
export class Coroutine<T> implements PromiseLike<T>, Frame {
  /** @internal */ body: Body<T> | null;
  /** @internal */ readonly code: Code;
  /** @internal */ phase = CREATED;
  /** @internal A value that the body yields completes the await: a step of an async generator. On the prototype. */
  declare readonly producing: boolean;
  /** @internal */ line = 0;
  /** @internal */ serial = 0;
  /** @internal */ caller: Frame | null = null;
  /** @internal */ driver: Driver | null = null;

  /** @internal */
  constructor(body: Body<T> | null, code: Code) {
    this.body = body;
    this.code = code;
    born(this);
  }

  get name(): string {
    return this.code.name;
  }

  get [Symbol.toStringTag](): string {
    return 'coroutine';
  }

  /** Created, running, suspended or closed (Python: `inspect.getcoroutinestate`). */
  get state(): CoroutineState {
    if (this.phase === CLOSED) return 'CORO_CLOSED';
    if (this.phase !== STARTED) return 'CORO_CREATED';
    return isRunning(this) ? 'CORO_RUNNING' : 'CORO_SUSPENDED';
  }

  /** @internal Nobody awaited it, and no task holds it. */
  get unawaited(): boolean {
    return this.phase === CREATED || this.phase === WATCHED;
  }

  /** @internal Starts the body under `driver`: its value, or PENDING if it suspended. */
  begin(driver: Driver): T | Pending {
    if (this.phase !== CREATED) mayBegin(this);
    this.phase = STARTED;
    this.driver = driver;
    this.caller = driver.top;
    driver.top = this;
    if (now.depth >= NATIVE_DEPTH) {
      now.deferred = true;
      return PENDING;
    }
    now.depth++;
    let step: IteratorResult<unknown, T>;
    try {
      step = nextOf(this.body as Body<T>);
    } catch (error) {
      now.depth--;
      // As leave() does it: on a full stack no call would succeed here.
      driver.top = this.caller;
      this.caller = null;
      this.driver = null;
      this.body = null;
      this.phase = CLOSED;
      throw error;
    }
    now.depth--;
    if (step.done === true) {
      leave(driver, this);
      const { value } = step;
      return typeof value === 'object' && this.code.adopts === true ? (begin(value) as T | Pending) : value;
    }
    if (step.value === PENDING) return PENDING;
    return this.yielded(driver, step.value) as T | Pending;
  }

  /** @internal */
  [SUSPEND](driver: Driver): T | Pending {
    return this.begin(driver);
  }

  /** @internal What becomes of a value that the body yielded itself, on the native stack. */
  protected yielded(driver: Driver, value: unknown): unknown {
    // Resumed natively so that the awaiter, which is in the middle of its own step, is not touched.
    return resumeNatively(driver, this, badYield(value));
  }

  /** @internal The value of the finished body, for awaiters. */
  finished(step: IteratorResult<unknown, unknown>): unknown {
    return step.value;
  }

  /** @internal What awaiters get for an error that the body threw. */
  thrown(error: unknown): unknown {
    return error;
  }

  /** @internal The awaiter goes on: the body finished, failed, or produced a value. */
  left(_failed: boolean): void {}

  /** Steps the body by hand (Python: `coroutine.send`). Returns what the await inside it waits for. */
  send(value?: unknown): IteratorResult<unknown, T> {
    return stepByHand(this, value, false) as IteratorResult<unknown, T>;
  }

  /** Throws at the await where the body is suspended (Python: `coroutine.throw`). */
  throw(error: unknown): IteratorResult<unknown, T> {
    return stepByHand(this, error, true) as IteratorResult<unknown, T>;
  }

  /** Ends the body at the await where it is suspended: `finally` blocks run (Python: `coroutine.close`). */
  close(): void {
    settleLoss(this);
    if (this.phase === CREATED || this.phase === TAKEN) {
      this.phase = CLOSED;
      this.body = null;
      return;
    }
    if (this.phase === STARTED) closeByHand(this);
  }

  /**
   * The bridge for native code: `await coro` in a plain async function, `Promise.all([coro])`. Schedules the
   * coroutine as a task of the running loop. In coroutines an await does not come here.
   */
  // biome-ignore lint/suspicious/noThenProperty: the bridge is what makes a coroutine awaitable by native code.
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (now.spawn === null) throw new RuntimeError('no running event loop');
    const task = now.spawn(this as never) as PromiseLike<T>;
    return task.then(fulfilled, rejected) as Promise<A | B>;
  }

  /** As a promise's, for native code: schedules the coroutine as a task of the running loop. */
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, rejected);
  }

  /** As a promise's, for native code: schedules the coroutine as a task of the running loop. */
  finally(settled?: (() => void) | null): Promise<T> {
    return apply(promiseFinally, this.then(), [settled]) as Promise<T>;
  }

  /** For the generator form: `yield* coro`. */
  [Symbol.iterator](): Generator<Suspension, T, unknown> {
    return new Steps<T>(this) as unknown as Generator<Suspension, T, unknown>;
  }
}

defineProperty(Coroutine.prototype, 'producing', { value: false, writable: true });

/** As {@link begin}, with the line of the await, which compiled code passes. */
export function adopt(line: number, operand: unknown): unknown {
  const top = now.driver?.top;
  if (top) top.line = line;
  return begin(operand);
}

/** As {@link adopt}, but microtasks run before a plain value is there. */
export function start(line: number, operand: unknown): unknown {
  const driver = now.driver;
  if (driver === null) throw outside();
  if (driver.top !== null) driver.top.line = line;
  if (operand instanceof Coroutine) return operand.begin(driver);
  return beginCompiled(operand, driver);
}
