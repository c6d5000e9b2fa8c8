// A value that asynchronous code carries with it, from where it is started to wherever it goes on.

import { AsyncLocalStorage } from 'node:async_hooks';
import { keepMethods } from './kept-methods.ts';

/** One value. */
export class Carried<T> {
  private readonly storage = keepMethods(new AsyncLocalStorage<T>());

  /** The value that the running code carries. */
  get(): T | undefined {
    return this.storage.getStore();
  }

  /** From here on, and in everything started from here, code carries `value`. */
  enter(value: T): void {
    this.storage.enterWith(value);
  }

  /** The call itself: whoever keeps a call keeps what it carries. */
  bind<Call extends (...given: never[]) => unknown>(call: Call): Call {
    return call;
  }

  /** Calls `call`, which carries `value`, with everything that it starts. */
  run<Result>(value: T, call: () => Result): Result {
    return this.storage.run(value, call);
  }
}
