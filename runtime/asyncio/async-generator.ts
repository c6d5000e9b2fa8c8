// asyncGenerator(…): functions whose calls produce values between awaits. Python: `async def` with `yield`.

import { awaiting } from './awaiting.ts';
import { Coroutine } from './engine/coroutine.ts';
import { markMadeOf } from './engine/coroutine-functions.ts';
import { CLOSED, CREATED } from './engine/coroutine-phase.ts';
import { type BodyParameters, codeForBody } from './engine/define.ts';
import { RuntimeError, StopAsyncIteration } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { PENDING, type Pending, type Suspension } from './engine/now.ts';
import { isAwaitable } from './engine/predicates.ts';
import { apply, defineProperty } from './engine/primordials.ts';
import type { Run } from './engine/run-group.ts';
import { taskOf } from './engine/running.ts';
import { leave, mayBegin } from './engine/stack.ts';
import type { Body, Code, Driver } from './engine/types.ts';

const STARTED = 1;
const VALUE = internalCode('asend');
const CLOSE = internalCode('aclose');

type Mode = 'next' | 'throw' | 'return';

/** One resumption of an async generator: a coroutine whose frame is the generator's own body. */
class Step<Y, R> extends Coroutine<IteratorResult<Y, R>> {
  private readonly generator: AsyncGeneratorObject<Y, R, unknown>;
  private readonly mode: Mode;
  private readonly sent: unknown;

  constructor(generator: AsyncGeneratorObject<Y, R, unknown>, mode: Mode, sent: unknown) {
    super(generator.body as Body<never>, generator.code);
    this.generator = generator;
    this.mode = mode;
    this.sent = sent;
  }

  override begin(driver: Driver): IteratorResult<Y, R> | Pending {
    if (this.phase !== CREATED) mayBegin(this);
    const { over } = this.generator;
    if (this.generator.running) {
      this.phase = CLOSED;
      throw alreadyRunning(this.mode);
    }
    if (!this.generator.begun) this.generator.begin(taskOf(driver)?.group ?? null);
    this.generator.step = this;
    this.phase = STARTED;
    this.driver = driver;
    this.caller = driver.top;
    driver.top = this;
    let step: IteratorResult<unknown, unknown>;
    try {
      step = this.advance();
    } catch (error) {
      leave(driver, this, true);
      throw over ? error : this.thrown(error);
    }
    if (step.done !== true && step.value === PENDING) return PENDING;
    leave(driver, this);
    return this.finished(step) as IteratorResult<Y, R>;
  }

  private advance(): IteratorResult<unknown, unknown> {
    const { body } = this.generator;
    if (this.generator.over) {
      if (this.mode === 'throw') throw this.sent;
      return { done: true, value: this.mode === 'return' ? this.sent : undefined };
    }
    if (this.mode === 'next') return body.next(this.sent);
    if (this.mode === 'throw') return body.throw(this.sent);
    return body.return(this.sent as R);
  }

  override left(failed: boolean): void {
    if (!failed) return;
    // V8 never lets go of a generator that it terminated: to its body it runs for ever.
    this.generator.over = true;
    this.generator.end();
  }

  override thrown(error: unknown): unknown {
    if (!(error instanceof StopAsyncIteration)) return error;
    return new RuntimeError('async generator raised StopAsyncIteration', { cause: error });
  }

  override finished(step: IteratorResult<unknown, unknown>): unknown {
    if (step.done === true) this.generator.end();
    return { done: step.done === true, value: step.value };
  }
}

defineProperty(Step.prototype, 'producing', { value: true });

function alreadyRunning(mode: Mode): Error {
  const method = mode === 'next' ? 'anext' : mode === 'throw' ? 'athrow' : 'aclose';
  return new RuntimeError(`${method}(): asynchronous generator is already running`);
}

/** What a call of an async generator function returns (Python: the async generator object). */
export class AsyncGeneratorObject<Y, R = void, N = unknown> implements AsyncGenerator<Y, R, N> {
  /** @internal */ readonly body: Body<R>;
  /** @internal */ readonly code: Code;
  /** @internal What resumed it last. */ step: { readonly phase: number } | null = null;
  /** @internal */ begun = false;
  /** @internal It failed, or was terminated. */ over = false;
  /** @internal The run that closes it if it is left open. */ private run: Run | null = null;

  /** @internal */
  constructor(body: Body<R>, code: Code) {
    this.body = body;
    this.code = code;
  }

  get [Symbol.toStringTag](): string {
    return 'async_generator';
  }

  /** @internal It is being resumed, or awaits something. */
  get running(): boolean {
    return this.step?.phase === STARTED;
  }

  /** @internal Python's `firstiter` hook: the run of the task that begins it closes it, whoever leaves it open. */
  begin(run: Run | null): void {
    this.begun = true;
    this.run = run;
    run?.generators.add(this);
  }

  /** @internal */
  end(): void {
    this.run?.generators.delete(this);
    this.run = null;
  }

  toString(): string {
    return `<async_generator object ${this.code.name}>`;
  }

  /** The next value, as JavaScript's async iteration asks for it. */
  next(value?: N): Coroutine<IteratorResult<Y, R>> {
    return new Step<Y, R>(this as AsyncGeneratorObject<Y, R, unknown>, 'next', value);
  }

  /** Throws `error` at the `yield` where it is suspended, as JavaScript's own generators do; gives the next result. */
  throw(error: unknown): Coroutine<IteratorResult<Y, R>> {
    return new Step<Y, R>(this as AsyncGeneratorObject<Y, R, unknown>, 'throw', error);
  }

  /** Ends it where it is suspended: `finally` blocks run, and may await. A promise is awaited first, as in JavaScript. */
  return(value?: R | PromiseLike<R>): Coroutine<IteratorResult<Y, R>> {
    if (isAwaitable(value)) return internal(this.returning(value), CLOSE);
    return new Step<Y, R>(this as AsyncGeneratorObject<Y, R, unknown>, 'return', value);
  }

  private *returning(value: PromiseLike<R>): Generator<unknown, IteratorResult<Y, R>, unknown> {
    const settled = yield* awaiting(value);
    return yield* new Step<Y, R>(this as AsyncGeneratorObject<Y, R, unknown>, 'return', settled);
  }

  /** Sends a value in, gives the next one produced. @throws StopAsyncIteration at the end. */
  asend(value?: N): Coroutine<Y> {
    return internal(sending(this, value), VALUE);
  }

  /** Throws at the `yield` where it is suspended; gives the next value. @throws StopAsyncIteration at the end. */
  athrow(error: unknown): Coroutine<Y> {
    return internal(produced(this.throw(error)), VALUE);
  }

  /** Ends it (Python: `aclose`). @throws RuntimeError if it produces yet another value. */
  aclose(): Coroutine<void> {
    return internal(closing(this.return()), CLOSE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    return this.aclose();
  }
}

function* sending<Y, R, N>(generator: AsyncGeneratorObject<Y, R, N>, value?: N): Generator<unknown, Y, unknown> {
  if (!generator.begun && value !== undefined && value !== null) {
    throw new TypeError("can't send non-None value to a just-started async generator");
  }
  return yield* produced(generator.next(value));
}

function* produced<Y, R>(step: Coroutine<IteratorResult<Y, R>>): Generator<unknown, Y, unknown> {
  const result = yield* step;
  if (result.done === true) throw new StopAsyncIteration();
  return result.value;
}

function* closing(step: Coroutine<IteratorResult<unknown, unknown>>): Generator<unknown, void, unknown> {
  const result = yield* step;
  if (result.done !== true) throw new RuntimeError('async generator ignored GeneratorExit');
}

/** A function whose call makes an async generator and runs nothing. */
export interface AsyncGeneratorFunction<Args extends unknown[], Y, R = void, N = unknown> {
  (...args: Args): AsyncGeneratorObject<Y, R, N>;
  readonly name: string;
}

/**
 * Makes an async generator function (Python: `async def` with `yield`): `asyncGenerator(async function* () { yield 1 })` where it is compiled (cells, the
 * esbuild plugin), `asyncGenerator(function* () { yield* sleep(1); yield 1 })` anywhere.
 */
export function asyncGenerator<Args extends BodyParameters, Y, R, N>(
  body: (...args: Args) => AsyncGenerator<Y, R, N>,
): AsyncGeneratorFunction<Args, Y, R, N>;
export function asyncGenerator<Args extends BodyParameters, Y, R>(
  // biome-ignore lint/suspicious/noExplicitAny: what a `yield*` passes back is of the operand's own type.
  body: (...args: Args) => Generator<Y, R, any>,
): AsyncGeneratorFunction<Args, Exclude<Y, Suspension>, R>;
export function asyncGenerator(body: (...args: never[]) => unknown): AsyncGeneratorFunction<never[], unknown, unknown> {
  const code = codeForBody(body, 'asyncGenerator');
  const make = body as (...args: unknown[]) => Body<unknown>;
  // A method, because `new` refuses methods, as it refuses async generator functions.
  const { made } = {
    made(this: unknown, ...args: unknown[]): AsyncGeneratorObject<unknown, unknown> {
      return new AsyncGeneratorObject(apply(make, this, args), code);
    },
  };
  defineProperty(made, 'name', { value: code.name, configurable: true });
  defineProperty(made, 'length', { value: body.length, configurable: true });
  return markMadeOf(made, body) as AsyncGeneratorFunction<never[], unknown, unknown>;
}

/** The next value of an async iterator (Python: `anext`). @throws StopAsyncIteration, unless a default is given. */
export function anext<Y>(iterator: { next(): PromiseLike<IteratorResult<Y, unknown>> }): Coroutine<Y>;
export function anext<Y, D>(
  iterator: { next(): PromiseLike<IteratorResult<Y, unknown>> },
  fallback: D,
): Coroutine<Y | D>;
export function anext(
  iterator: { next(): PromiseLike<IteratorResult<unknown, unknown>> },
  ...fallback: unknown[]
): Coroutine<unknown> {
  const body = function* (): Generator<unknown, unknown, unknown> {
    const result = (yield* awaiting(iterator.next())) as IteratorResult<unknown, unknown>;
    if (result.done !== true) return result.value;
    if (fallback.length > 0) return fallback[0];
    throw new StopAsyncIteration();
  };
  return internal(body(), internalCode('anext'));
}
