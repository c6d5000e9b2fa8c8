// What callSoon and its kind are called with: the callback, its arguments, and after them perhaps a context.

import { Context } from './context.ts';
import { Coroutine } from './coroutine.ts';
import { keys, push } from './primordials.ts';
import { repr } from './repr.ts';

/** What may come last after the arguments of a callback: the context that it is called in. */
export interface InContext {
  /** Where context variables are read and set. */
  readonly context: Context;
}

/** Python's `context=`: the context in the last argument, or null. */
export function contextOf(args: readonly unknown[]): Context | null {
  const last = args[args.length - 1];
  if (typeof last !== 'object' || last === null || !('context' in last) || !(last.context instanceof Context)) {
    return null;
  }
  return keys(last).length > 1 ? null : last.context;
}

/** The arguments before the context. */
export function withoutLast(args: readonly unknown[]): readonly unknown[] {
  const kept: unknown[] = [];
  for (let at = 0; at < args.length - 1; at++) push(kept, args[at]);
  return kept;
}

/** The callback, or an error in Python's words: `method` is Python's name. */
export function callable<F>(call: F, method: string): F & ((...args: never[]) => unknown) {
  if (call instanceof Coroutine) throw coroutinesRefused(method);
  if (typeof call !== 'function')
    throw new TypeError(`a callable object was expected by ${method}(), got ${repr(call)}`);
  return call as F & ((...args: never[]) => unknown);
}

/** What is thrown where a coroutine, or a function that makes one, stands for a callback. */
export function coroutinesRefused(method: string): Error {
  return new TypeError(`coroutines cannot be used with ${method}()`);
}
