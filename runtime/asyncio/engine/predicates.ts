// What a value is: Python's inspect and asyncio predicates, and `type`.

import { Coroutine } from './coroutine.ts';
import { coroutineFunctionCode } from './coroutine-functions.ts';
import { Future } from './future.ts';
import type { CoroutineState } from './types.ts';

/** True for a coroutine object, the result of calling a coroutine function (Python: `asyncio.iscoroutine`). */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return value instanceof Coroutine;
}

/** True for futures and tasks (Python: `asyncio.isfuture`). */
export function isFuture(value: unknown): value is Future<unknown> {
  return value instanceof Future;
}

/** True for what `coroutine(…)` returned (Python: `inspect.iscoroutinefunction`). */
export function isCoroutineFunction(value: unknown): boolean {
  return coroutineFunctionCode(value) !== undefined;
}

/** True for what an await waits for: coroutines, futures, promises and thenables (Python: `inspect.isawaitable`). */
export function isAwaitable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return value instanceof Coroutine || typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

/** Created, running, suspended or closed (Python: `inspect.getcoroutinestate`). */
export function getCoroutineState(coroutine: Coroutine<unknown>): CoroutineState {
  return coroutine.state;
}

/** The short name of a value's type: `type(hello)` is `function`, `type(hello())` is `coroutine`. */
export function type(value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof Coroutine) return 'coroutine';
  if (typeof value !== 'object') return typeof value;
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (typeof tag === 'string' && tag !== '') return tag;
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'object';
}
