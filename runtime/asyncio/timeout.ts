// timeout and timeoutAt: a block that may take only so long.

import type { Coroutine } from './engine/coroutine.ts';
import { currentTask, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, RuntimeError, TimeoutError, ValueError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import type { Handle } from './engine/handle.ts';
import { type BlockBody, blockBody, entered, internal, internalCode } from './engine/internal.ts';
import { SafeSet } from './engine/primordials.ts';
import { float, pythonType } from './engine/repr.ts';
import { onAbort } from './engine/signal.ts';
import type { Task } from './engine/task.ts';
import { askedBy } from './engine/tracing.ts';

type State = 'created' | 'active' | 'expiring' | 'expired' | 'finished';
const TIMEOUT = internalCode('timeout');

/** What the body of a `timeout` is given (Python: `asyncio.Timeout`). */
export class Timeout {
  private state: State = 'created';
  private handle: Handle | null = null;
  private task: Task<unknown> | null = null;
  private cancelling = 0;
  private deadline: number | null;
  /** Who cancels, as traces say it. */
  private readonly user: string;
  private aborted: { readonly reason: unknown } | null = null;
  private forget: () => void = () => {};
  /** The task, once it has been asked to end. */
  private readonly asked = new SafeSet<object>();

  /** @internal */
  constructor(when: number | null, user = 'timeout') {
    this.deadline = when;
    this.user = user;
  }

  /** The deadline, in seconds on the loop's clock, or null. */
  when(): number | null {
    return this.deadline;
  }

  /** True once the deadline passed. */
  expired(): boolean {
    return this.state === 'expiring' || this.state === 'expired';
  }

  /** Moves the deadline; null: none. */
  reschedule(when: number | null): void {
    if (this.state === 'created') throw new RuntimeError('Timeout has not been entered');
    if (this.state !== 'active') throw new RuntimeError(`Cannot change state of ${this.state} Timeout`);
    const handle = when === null ? null : this.schedule(when);
    const before = this.handle;
    // One stretch without a call: the deadline and its timer. Of two timers, only the one that is on record acts.
    this.deadline = when;
    this.handle = handle;
    before?.cancel();
  }

  private schedule(when: number): Handle {
    if (typeof when !== 'number') {
      throw new TypeError(`'<=' not supported between instances of '${pythonType(when)}' and 'float'`);
    }
    if (Number.isNaN(when)) throw new ValueError('Invalid delay: NaN (not a number)');
    const loop = getRunningLoop();
    let handle: Handle | null = null;
    const expire = (): void => {
      if (handle !== null && this.handle === handle) this.expire();
    };
    handle = when <= loop.time() ? loop.ownSoon(expire) : loop.ownAt(when, expire);
    return handle;
  }

  /** @internal */
  enter(signal: AbortSignal | undefined): void {
    const task = currentTask();
    if (task === null) throw new RuntimeError('Timeout should be used inside a task');
    this.state = 'active';
    this.task = task;
    this.cancelling = task.cancelling();
    try {
      this.forget = onAbort(task.loop, signal, (reason) => {
        this.aborted = { reason };
        askedBy('AbortSignal', () => task.cancelFor(this.asked));
      });
      this.reschedule(this.deadline);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** @internal What the block throws in place of `error`. */
  exit(error: unknown): unknown {
    this.handle?.cancel();
    this.handle = null;
    this.forget();
    const { task } = this;
    if (task === null) return error;
    if (this.aborted !== null && this.state === 'active') {
      this.state = 'finished';
      return task.uncancel() <= this.cancelling && error instanceof CancelledError ? this.aborted.reason : error;
    }
    if (this.state === 'expiring') {
      this.state = 'expired';
      const mine = task.uncancel() <= this.cancelling && error instanceof CancelledError;
      return mine ? new TimeoutError('', { cause: error }) : error;
    }
    this.state = 'finished';
    return error;
  }

  private expire(): void {
    // Asked once, whatever is terminated here and done again.
    askedBy(this.user, () => this.task?.cancelFor(this.asked));
    this.state = 'expiring';
    this.handle = null;
  }

  toString(): string {
    const when = this.deadline === null ? 'None' : float(Math.round(this.deadline * 1000) / 1000);
    return `<Timeout [${this.state}]${this.state === 'active' ? ` when=${when}` : ''}>`;
  }
}

/** How a {@link timeout} may be ended from outside. */
export interface TimeoutOptions {
  /** Cancels the block when it aborts; the block then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a block for at most `delay` seconds: then it is cancelled at its await, and TimeoutError is thrown; null:
 * without limit. Python: `async with asyncio.timeout(delay) as scope`.
 */
export function timeout<T>(
  delay: number | null,
  body: BlockBody<[scope: Timeout], T>,
  options: TimeoutOptions = {},
): Coroutine<T> {
  const scope = (): Timeout => new Timeout(delay === null ? null : getRunningLoop().time() + seconds(delay));
  return internal(block(scope, body, options, 'timeout'), TIMEOUT);
}

function seconds(delay: unknown): number {
  if (typeof delay === 'number') return delay;
  throw new TypeError(`unsupported operand type(s) for +: 'float' and '${pythonType(delay)}'`);
}

/** As {@link timeout}, with a deadline in seconds on the loop's clock (Python: `asyncio.timeout_at`). */
export function timeoutAt<T>(
  when: number | null,
  body: BlockBody<[scope: Timeout], T>,
  options: TimeoutOptions = {},
): Coroutine<T> {
  return internal(
    block(() => new Timeout(when), body, options, 'timeoutAt'),
    TIMEOUT,
  );
}

function* block<T>(
  make: () => Timeout,
  body: BlockBody<[scope: Timeout], T>,
  options: TimeoutOptions,
  user: string,
): Generator<unknown, T, unknown> {
  const scope = make();
  const inner = blockBody(body, [scope], user);
  entered(inner, () => scope.enter(options.signal));
  return yield* limited(scope, inner);
}

/** @internal Awaits `inner` in a scope that has been entered. */
export function* limited<T>(scope: Timeout, inner: Coroutine<T> | Future<T>): Generator<unknown, T, unknown> {
  let value: T;
  let left = false;
  try {
    value = yield* inner;
  } catch (error) {
    left = true;
    throw scope.exit(error);
  } finally {
    if (!left) scope.exit(undefined);
  }
  return value;
}
