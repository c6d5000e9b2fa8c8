// The coroutine object and how its body is stepped: begun on the native stack where an await never suspends,
// otherwise resumed from its driver's own stack. What schedules drivers is task.ts and loop.ts.

import { CLOSED, CREATED, STARTED, TAKEN, WATCHED } from './coroutine-phase.ts';
import { addNote, RuntimeError, ValueError } from './errors.ts';
import { type Driver, now, PENDING, type Pending, type Suspension } from './now.ts';
import { passed } from './trail.ts';
import { born, settleLoss } from './unawaited.ts';

/** What the source of a coroutine function is; one record per function, shared by all its coroutines. */
export interface Code {
  readonly name: string;
  /** Where it was written: `Cell [3]`, or a path; only where it was compiled. */
  readonly file?: string;
  /** The first line of the function, from 1. */
  readonly line?: number;
  /** Part of the library itself: left out of call graphs. */
  readonly internal?: boolean;
  /** Written as an async function: what it returns is awaited, as in JavaScript and as TypeScript types it. */
  readonly adopts?: boolean;
}

/** A coroutine body at work. */
export type Body<T> = Generator<unknown, T, unknown>;

/** As Python's `inspect.getcoroutinestate`. */
export type CoroutineState = 'CORO_CREATED' | 'CORO_RUNNING' | 'CORO_SUSPENDED' | 'CORO_CLOSED';

// Each level of natively nested awaits takes about 0.5 KB of the native stack; deeper ones go to the driver's own stack.
const NATIVE_DEPTH = 200;

/**
 * A call of a coroutine function whose body has not run yet: awaiting, running or scheduling it executes it, once.
 * Python: the coroutine object.
 */
export class Coroutine<T> implements PromiseLike<T> {
  /** @internal */ body: Body<T> | null;
  /** @internal */ readonly code: Code;
  /** @internal */ phase = CREATED;
  /** @internal A value that the body yields completes the await: a step of an async generator. On the prototype. */
  declare readonly producing: boolean;
  /** @internal */ line = 0;
  /** @internal */ serial = 0;
  /** @internal */ caller: Coroutine<unknown> | null = null;
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

  /** @internal Starts the body under `driver`: its value, or PENDING where it suspended. */
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
      step = (this.body as Body<T>).next();
    } catch (error) {
      now.depth--;
      leave(driver, this);
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

  /** @internal What becomes of a value that the body yielded itself, on the native stack. */
  protected yielded(driver: Driver, value: unknown): unknown {
    // Resumed natively so that the awaiter, which is in the middle of its own step, is not touched.
    return resumeNatively(driver, this, badYield(value));
  }

  /** @internal The value of the finished body, for awaiters. */
  finished(step: IteratorResult<unknown, unknown>): unknown {
    return step.value;
  }

  /** @internal The awaiter goes on: the body finished, failed, or produced a value. */
  left(_failed: boolean): void {}

  /** Steps the body by hand (Python: `coroutine.send`). Returns what the await inside it waits for. */
  send(value?: unknown): IteratorResult<unknown, T> {
    return handDriver.send(this, value, false);
  }

  /** Throws at the await where the body is suspended (Python: `coroutine.throw`). */
  throw(error: unknown): IteratorResult<unknown, T> {
    return handDriver.send(this, error, true);
  }

  /** Ends the body at the await where it is suspended: `finally` blocks run (Python: `coroutine.close`). */
  close(): void {
    settleLoss(this);
    if (this.phase === CREATED || this.phase === TAKEN) {
      this.phase = CLOSED;
      this.body = null;
      return;
    }
    if (this.phase === STARTED) handDriver.close(this);
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
    const task = now.spawn(this) as PromiseLike<T>;
    return task.then(fulfilled, rejected) as Promise<A | B>;
  }

  /** As a promise's, for native code: schedules the coroutine as a task of the running loop. */
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, rejected);
  }

  /** As a promise's, for native code: schedules the coroutine as a task of the running loop. */
  finally(settled?: (() => void) | null): Promise<T> {
    return this.then().finally(settled);
  }

  /** For the generator form: `yield* coro`. */
  [Symbol.iterator](): Generator<Suspension, T, unknown> {
    return new Steps<T>(this) as unknown as Generator<Suspension, T, unknown>;
  }
}

Object.defineProperty(Coroutine.prototype, 'producing', { value: false, writable: true });

/** What `yield* awaitable` runs: at most one suspension, and none where the operand completes at once. */
export class Steps<T> {
  private readonly operand: unknown;
  private begun = false;

  constructor(operand: unknown) {
    this.operand = operand;
  }

  next(value?: unknown): IteratorResult<Pending, T> {
    if (this.begun) return { done: true, value: value as T };
    this.begun = true;
    const outcome = begin(this.operand);
    if (outcome === PENDING) return { done: false, value: PENDING };
    return { done: true, value: outcome as T };
  }

  throw(error: unknown): never {
    throw error;
  }

  return(value?: unknown): IteratorResult<Pending, T> {
    return { done: true, value: value as T };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** Anything else that can be awaited: futures and tasks implement this, promises go through the adopter. */
export interface Suspends {
  suspend(driver: Driver): unknown;
}

interface Hooks {
  /** Awaits what is neither a coroutine nor a future: promises, thenables, plain values. */
  adopt(operand: unknown, driver: Driver): unknown;
}

/** Set by promise.ts, which knows futures; this file must not. */
export const hooks: Hooks = {
  adopt: (operand) => operand,
};

export const SUSPEND: unique symbol = Symbol('cokernel.suspend');

/** Awaits `operand` for the coroutine that runs now: its value, or PENDING. The one door from a body to the scheduler. */
export function begin(operand: unknown): unknown {
  const driver = now.driver;
  if (driver === null) throw outside();
  if (operand instanceof Coroutine) return operand.begin(driver);
  if (typeof operand === 'object' && operand !== null && SUSPEND in operand) {
    return (operand as { [SUSPEND](driver: Driver): unknown })[SUSPEND](driver);
  }
  return hooks.adopt(operand, driver);
}

/** As {@link begin}, with the line of the await, which compiled code hands over. */
export function start(line: number, operand: unknown): unknown {
  const driver = now.driver;
  if (driver === null) throw outside();
  if (driver.top !== null) driver.top.line = line;
  if (operand instanceof Coroutine) return operand.begin(driver);
  return begin(operand);
}

function outside(): Error {
  return addNote(
    new RuntimeError('no running event loop'),
    'An await of a coroutine was reached outside of any task: start it with run(…) or createTask(…).',
  );
}

/**
 * Resumes the innermost coroutine of `driver` and goes on outward as coroutines finish, without recursion, so that
 * resuming costs the same at any depth. Returns PENDING, or the outermost value; throws what the outermost threw.
 * `until` is the caller of the outermost coroutine to finish here.
 */
export function resume(driver: Driver, sent: unknown, isThrow: boolean, until: Coroutine<unknown> | null): unknown {
  let value = sent;
  let thrown = isThrow;
  let frame = driver.top;
  while (frame !== until && frame !== null) {
    let step: IteratorResult<unknown, unknown>;
    try {
      const body = frame.body as Body<unknown>;
      if (thrown) {
        thrown = false;
        step = body.throw(value);
      } else step = body.next(value);
    } catch (error) {
      leave(driver, frame, true);
      passed(error, frame);
      value = error;
      thrown = true;
      frame = driver.top;
      continue;
    }
    if (step.done === true) {
      leave(driver, frame);
      value = frame.finished(step);
      if (typeof value === 'object' && frame.code.adopts === true && !frame.producing) {
        try {
          value = begin(value);
        } catch (error) {
          value = error;
          thrown = true;
        }
        if (value === PENDING) {
          if (!now.deferred) return PENDING;
          now.deferred = false;
          value = undefined;
        }
      }
    } else if (step.value === PENDING) {
      if (!now.deferred) return PENDING;
      now.deferred = false;
      value = undefined;
    } else if (frame.producing) {
      leave(driver, frame);
      value = frame.finished(step);
    } else {
      value = badYield(step.value);
      thrown = true;
    }
    frame = driver.top;
  }
  if (thrown) throw value;
  return value;
}

function resumeNatively(driver: Driver, frame: Coroutine<unknown>, error: unknown): unknown {
  return resume(driver, error, true, frame.caller);
}

/** @internal The innermost coroutine is through. */
export function leave(driver: Driver, frame: Coroutine<unknown>, failed = false): void {
  driver.top = frame.caller;
  frame.caller = null;
  frame.driver = null;
  frame.body = null;
  frame.phase = CLOSED;
  if (frame.producing) frame.left(failed);
}

/** @internal Ends every coroutine of a driver without running any of their code: what a V8 termination leaves behind. */
export function abandon(driver: Driver): void {
  for (let frame = driver.top; frame !== null; ) {
    const caller: Coroutine<unknown> | null = frame.caller;
    leave(driver, frame, true);
    frame = caller;
  }
  driver.top = null;
  driver.waiting = null;
}

/** @internal Closes a coroutine whose body must never run (a task cancelled before its first step). */
export function discard(coroutine: Coroutine<unknown>): void {
  settleLoss(coroutine);
  if (coroutine.phase !== CREATED && coroutine.phase !== TAKEN) return;
  coroutine.phase = CLOSED;
  coroutine.body = null;
}

/** @internal A task takes it, so it cannot be lost. One that was begun already fails in the task's first step. */
export function take(coroutine: Coroutine<unknown>): void {
  if (coroutine.phase === WATCHED) settleLoss(coroutine);
  if (coroutine.phase === CREATED) coroutine.phase = TAKEN;
}

/** @internal Throws where a coroutine was begun before. */
export function mayBegin(coroutine: Coroutine<unknown>): void {
  if (coroutine.phase === TAKEN) return;
  if (coroutine.phase !== WATCHED) throw reused(coroutine);
  settleLoss(coroutine);
}

function isRunning(coroutine: Coroutine<unknown>): boolean {
  return coroutine.driver !== null && active.has(coroutine.driver);
}

/** Drivers whose step is on the native stack: one, or more where `send` is used inside a task. */
export const active = {
  has(driver: Driver): boolean {
    if (now.driver === driver) return true;
    return outer.includes(driver);
  },
};
const outer: (Driver | null)[] = [];

function reused(coroutine: Coroutine<unknown>): Error {
  const it = coroutine;
  if (it.phase === CLOSED) {
    return addNote(
      new RuntimeError('cannot reuse already awaited coroutine'),
      `A coroutine runs once. Call the function again for another: ${it.code.name}().`,
    );
  }
  if (isRunning(it)) return new ValueError('coroutine already executing');
  return new RuntimeError('coroutine is being awaited already');
}

function badYield(value: unknown): Error {
  return addNote(
    new RuntimeError(`Task got bad yield: ${String(value)}`),
    'In a generator-form coroutine write `yield* awaitable`, not `yield value`.',
  );
}

// ── send, throw, close ──────────────────────────────────────────────────────────────────────────────────────────────

class HandDriver implements Driver {
  top: Coroutine<unknown> | null = null;
  waiting: Driver['waiting'] = null;
  readonly task = null;
}

const handDriver = {
  send<T>(coroutine: Coroutine<T>, value: unknown, isThrow: boolean): IteratorResult<unknown, T> {
    const it = coroutine;
    settleLoss(it);
    if (it.phase === CLOSED) throw reused(it);
    if (it.phase === STARTED && isRunning(it)) throw new ValueError('coroutine already executing');
    if (it.phase !== STARTED && !isThrow && value !== undefined && value !== null) {
      throw new TypeError("can't send non-None value to a just-started coroutine");
    }
    if (it.phase !== STARTED && isThrow) {
      discard(it);
      throw value;
    }
    const driver = it.driver ?? new HandDriver();
    if (it.phase === STARTED && !(driver instanceof HandDriver)) {
      throw new RuntimeError('coroutine is being awaited already');
    }
    const outcome = within(driver, () => {
      if (it.phase === STARTED) return resume(driver, ...outcomeFor(driver, value, isThrow), null);
      const first = it.begin(driver);
      if (first === PENDING && now.deferred) return resumeDeferred(driver);
      return first;
    });
    if (outcome === PENDING) return { done: false, value: driver.waiting ?? undefined };
    return { done: true, value: outcome as T };
  },

  close(coroutine: Coroutine<unknown>): void {
    if (isRunning(coroutine)) throw new ValueError('coroutine already executing');
    const driver = coroutine.driver as Driver;
    // Innermost first, as `close` of a chain of awaits does.
    within(driver, () => {
      for (;;) {
        const frame = driver.top;
        if (frame === null) return;
        const step = (frame.body as Body<unknown>).return(undefined);
        if (step.done !== true) throw new RuntimeError('coroutine ignored GeneratorExit');
        leave(driver, frame);
        if (frame === coroutine) return;
      }
    });
  },
};

/** Begins what the depth limit put off. */
export function resumeDeferred(driver: Driver): unknown {
  now.deferred = false;
  return resume(driver, undefined, false, null);
}

function outcomeFor(driver: Driver, value: unknown, isThrow: boolean): [unknown, boolean] {
  const waited = driver.waiting as { outcomeNow?(): unknown } | null;
  driver.waiting = null;
  if (isThrow || waited === null || waited.outcomeNow === undefined) return [value, isThrow];
  try {
    return [waited.outcomeNow(), false];
  } catch (error) {
    return [error, true];
  }
}

function within<R>(driver: Driver, work: () => R): R {
  const { driver: before, depth } = now;
  outer.push(before);
  now.driver = driver;
  try {
    return work();
  } finally {
    now.driver = before;
    now.depth = depth;
    outer.pop();
  }
}

/** @internal After a termination: nothing is on the native stack any more. */
export function forgetNativeStack(): void {
  now.driver = null;
  now.depth = 0;
  now.deferred = false;
  outer.length = 0;
}
