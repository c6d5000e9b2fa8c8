// The callbacks of a loop, as programs schedule them: soon, later, at a time, at a signal. The loop itself is in
// loop.ts.

import { callable, contextOf, coroutinesRefused, type InContext, withoutLast } from './callback-arguments.ts';
import { coroutineFunctionCode } from './coroutine-functions.ts';
import { RuntimeError } from './errors.ts';
import { type Caused, Handle, TimerHandle } from './handle.ts';
import { outside } from './outside.ts';
import { pythonType } from './repr.ts';
import type { Run } from './run-group.ts';
import type { Scope } from './types.ts';

/** The part of a loop that callbacks are given to. */
export abstract class Callbacks {
  /** Calls `call(...args)` in the next pass. With `{ context }` as the last argument it is called in that context, as by the other two. */
  callSoon<A extends unknown[]>(call: (...args: A) => unknown, ...args: [...A, InContext?]): Handle {
    return this.soon(call, args);
  }

  private soon(call: (...args: never[]) => unknown, args: readonly unknown[]): Handle {
    this.check();
    const context = contextOf(args);
    const passed = context === null ? args : withoutLast(args);
    const handle = new Handle(this, callable(call, 'call_soon'), passed, context);
    this.enqueue(handle);
    return handle;
  }

  /** As {@link callSoon}: there is one thread. Kept for programs that come from Python. */
  callSoonThreadsafe<A extends unknown[]>(call: (...args: A) => unknown, ...args: [...A, InContext?]): Handle {
    return this.soon(call, args);
  }

  /** Calls `call(...args)` after `delay` seconds. */
  callLater<A extends unknown[]>(
    delay: number,
    call: (...args: A) => unknown,
    ...args: [...A, InContext?]
  ): TimerHandle {
    return this.at(this.after(delay), call, args);
  }

  /** Calls `call(...args)` at `when`, in seconds on the loop's clock. */
  callAt<A extends unknown[]>(when: number, call: (...args: A) => unknown, ...args: [...A, InContext?]): TimerHandle {
    return this.at(when, call, args);
  }

  private at(when: number, call: (...args: never[]) => unknown, args: readonly unknown[]): TimerHandle {
    this.check();
    if (when === null || when === undefined) throw new TypeError('when cannot be None');
    const context = contextOf(args);
    const passed = context === null ? args : withoutLast(args);
    return this.addTimer(new TimerHandle(this, when, callable(call, 'call_at'), passed, context));
  }

  private after(delay: number): number {
    if (delay === null || delay === undefined) throw new TypeError('delay must not be None');
    if (typeof delay !== 'number') {
      throw new TypeError(`unsupported operand type(s) for +: 'float' and '${pythonType(delay)}'`);
    }
    return this.time() + delay;
  }

  /** @internal Calls the library's own `call`, which must be safe to call again after a termination. */
  ownSoon(call: () => unknown): Handle {
    const handle = new Handle(this, call, [], null, true);
    this.enqueue(handle);
    return handle;
  }

  /** @internal As {@link ownSoon}, at a time of the loop's clock. */
  ownAt(when: number, call: () => unknown): TimerHandle {
    return this.addTimer(new TimerHandle(this, when, call, [], null, true));
  }

  /** @internal As {@link ownSoon}, after `delay` seconds. */
  ownLater(delay: number, call: () => unknown): TimerHandle {
    return this.ownAt(this.after(delay), call);
  }

  /**
   * Calls `call(...args)` in the loop at each such signal of this process, instead of an earlier handler. It ends with its
   * run. @throws TypeError or ValueError for what is no signal's name; RuntimeError for a signal that cannot be
   * caught, or is the host's own.
   */
  addSignalHandler<A extends unknown[]>(signal: NodeJS.Signals, call: (...args: A) => unknown, ...args: A): void {
    if (coroutineFunctionCode(call) !== undefined) throw coroutinesRefused('add_signal_handler');
    const handle = new Handle(this, callable(call, 'add_signal_handler'), args);
    this.check();
    const refusal = this.refusedSignal(signal);
    if (refusal !== undefined) throw new RuntimeError(refusal);
    outside.handleSignal(this as never, signal, handle as never);
  }

  /** Takes back {@link addSignalHandler}; false if there was no handler. */
  removeSignalHandler(signal: NodeJS.Signals): boolean {
    return outside.ignoreSignal(this as never, signal);
  }

  /** The loop's clock, in seconds. */
  abstract time(): number;
  /** @internal */
  abstract currentOwner(): unknown;
  /** @internal */
  abstract currentRun(): Run | null;
  /** True in debug mode. */
  abstract getDebug(): boolean;
  /** @internal */
  abstract runCallback(
    caused: Caused,
    scope: Scope,
    call: (...args: unknown[]) => unknown,
    args: readonly unknown[],
  ): void;
  /** @internal */
  abstract sleepCancelled(): void;
  /** @internal */
  abstract enqueue(item: Handle): void;
  /** @internal @throws ValueError for a time that is not a number. */
  protected abstract addTimer(handle: TimerHandle): TimerHandle;
  /** @internal Why programs may not handle a signal; undefined if they may. */
  protected abstract refusedSignal(signal: string): string | undefined;
  /** @internal @throws RuntimeError once it is closed. */
  protected abstract check(): void;
}
