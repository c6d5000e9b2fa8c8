// How the library's own coroutines are written: generator bodies, marked internal so that pictures leave them out.

import { Coroutine } from './coroutine.ts';
import { coroutineFunctionCode, markCoroutineFunction } from './coroutine-functions.ts';
import { codeForBody } from './define.ts';
import { apply } from './primordials.ts';
import type { Body, Code } from './types.ts';

/** @internal */
export function internalCode(name: string): Code {
  return { name, internal: true };
}

/** @internal A coroutine of the library's own. */
export function internal<T>(body: Body<T>, code: Code): Coroutine<T> {
  return new Coroutine<T>(body, code);
}

/** @internal Marks functions of the library that return coroutines, as Python's are coroutine functions. */
export function markLibrary(...functions: ((...args: never[]) => unknown)[]): void {
  for (let at = 0; at < functions.length; at++) {
    const each = functions[at] as (...args: never[]) => unknown;
    markCoroutineFunction(each, internalCode(each.name));
  }
}

/** The body of a block: compiled async literal, generator function, or coroutine function. */
export type BlockBody<Args extends unknown[], T> =
  | ((...args: Args) => PromiseLike<T>)
  // biome-ignore lint/suspicious/noExplicitAny: what a `yield*` passes back is of the operand's own type.
  | ((...args: Args) => Generator<any, T, any>);

/** @internal Enters a block. If that fails, its body is closed, so that nobody is warned of an unawaited coroutine. */
export function entered(body: Coroutine<unknown>, enter: () => void): void {
  try {
    enter();
  } catch (error) {
    body.close();
    throw error;
  }
}

/** @internal The coroutine of a block's body, named as `user` in errors. */
export function blockBody<Args extends unknown[], T>(body: BlockBody<Args, T>, args: Args, user: string): Coroutine<T> {
  if (coroutineFunctionCode(body) !== undefined) return apply(body, undefined, args) as Coroutine<T>;
  const code = codeForBody(body, user);
  return new Coroutine<T>(
    apply(body, undefined, args) as Body<T>,
    code.name === '<anonymous>' ? { ...code, name: user } : code,
  );
}
