// Awaiting what is not the library's: native promises, any thenable, and plain values. Such a wait can be cancelled at once.

import { hooks } from './begin.ts';
import { coroutineFunctionCode } from './coroutine-functions.ts';
import { addNote, CancelledError, RuntimeError } from './errors.ts';
import { Future } from './future.ts';
import type { Loop } from './loop.ts';
import { PENDING } from './now.ts';
import { Perhaps, Plain } from './plain-value.ts';
import { apply, getPrototypeOf, promisePrototype, promiseThen } from './primordials.ts';
import { loopNow, taskOf } from './running.ts';
import type { Driver } from './types.ts';

type Then = (fulfilled: (value: unknown) => void, rejected: (reason: unknown) => void) => unknown;

/** @internal A future that native code settles. While one is open the virtual clock stands still. */
export class ForeignFuture<T> extends Future<T> {
  constructor(loop: Loop, label: string) {
    super(loop, label);
    loop.foreign.add(this);
  }

  /** After a termination: asks again, because the answer may have been lost. */
  renew(): void {}

  protected override finish(phase: number): void {
    super.finish(phase);
    // Last: a termination must not leave it unsettled and forgotten.
    this.loop.foreign.delete(this);
  }
}

/** @internal A future that a native promise settles. */
export class PromiseFuture extends ForeignFuture<unknown> {
  private readonly thenable: object;
  private turn = 0;

  constructor(loop: Loop, thenable: object, then: Then) {
    super(loop, 'promise');
    this.thenable = thenable;
    this.subscribe(then);
  }

  /** V8 drops the microtasks of a terminated turn, so a native promise is asked again. Other thenables may act twice if asked twice. */
  override renew(): void {
    if (this.thenable instanceof Promise) this.subscribe(promiseThen);
  }

  private subscribe(then: Then): void {
    const turn = ++this.turn;
    const settle = (value: unknown, failed: boolean): void => {
      if (turn !== this.turn || this.done()) return;
      if (failed) this.failWith(value);
      else this.setResult(value);
    };
    try {
      apply(then, this.thenable, [(value: unknown) => settle(value, false), (reason: unknown) => settle(reason, true)]);
    } catch (error) {
      settle(error, true);
    }
  }

  override failWith(error: unknown): void {
    this.outcome = error;
    this.finish(error instanceof CancelledError ? 3 : 2);
  }
}

/** @internal A future for a thenable; undefined if the value is not one. */
export function futureOf(loop: Loop, value: object): PromiseFuture | undefined {
  // A plain promise is awaited as such, whatever a program has made of `then`.
  const plain = getPrototypeOf(value) === promisePrototype;
  const then: unknown = plain ? promiseThen : (value as { then?: unknown }).then;
  return typeof then === 'function' ? new PromiseFuture(loop, value, then as Then) : undefined;
}

function adopt(operand: unknown, driver: Driver): unknown {
  if (typeof operand === 'function') return adoptFunction(operand);
  if (typeof operand !== 'object' || operand === null) return operand;
  const loop = taskOf(driver)?.loop ?? loopNow();
  if (loop === null) throw new RuntimeError('no running event loop');
  const future = futureOf(loop, operand);
  if (future === undefined) return operand;
  driver.waiting = future;
  return PENDING;
}

function adoptFunction(operand: object): unknown {
  const code = coroutineFunctionCode(operand);
  if (code === undefined) return operand;
  throw addNote(
    new TypeError("object function can't be used in 'await' expression"),
    `Did you forget to call it: await ${code.name}()?`,
  );
}

function adoptCompiled(operand: unknown, driver: Driver): unknown {
  const value = adopt(operand, driver);
  // Somebody's own `send` has no task that could wait.
  if (taskOf(driver) === null) return value;
  driver.waiting = value === PENDING ? new Perhaps(driver.waiting as PromiseFuture) : new Plain(value);
  return PENDING;
}

hooks.adopt = adopt;
hooks.adoptCompiled = adoptCompiled;
