// What marks a function as a coroutine function, or as a compiled literal that may become one.

import { defineProperty, tagOf } from './primordials.ts';
import type { Code } from './types.ts';

const CODE: unique symbol = Symbol('cokernel.code');
const COROUTINE_FUNCTION: unique symbol = Symbol('cokernel.coroutineFunction');
const BODY: unique symbol = Symbol('cokernel.body');

/** @internal What the compiler says of a literal; undefined if it did not compile it. */
export function codeOf(value: unknown): Code | undefined {
  return typeof value === 'function' ? (value as { [CODE]?: Code })[CODE] : undefined;
}

/** @internal */
export function markCompiled<F extends object>(body: F, code: Code): F {
  defineProperty(body, CODE, { value: code });
  return body;
}

/** @internal `body` is the function that it was made of. */
export function markCoroutineFunction<F extends object>(target: F, code: Code, body?: object): F {
  defineProperty(target, COROUTINE_FUNCTION, { value: code });
  return body ? markMadeOf(target, body) : target;
}

/** @internal `body` is the function whose text is that of `target`. */
export function markMadeOf<F extends object>(target: F, body: object): F {
  defineProperty(target, BODY, { value: body });
  return target;
}

/** @internal The function that a coroutine function, or one of asynchronous generators, was made of. */
export function bodyOf(value: unknown): object | undefined {
  return typeof value === 'function' ? (value as { [BODY]?: object })[BODY] : undefined;
}

/** @internal */
export function coroutineFunctionCode(value: unknown): Code | undefined {
  return typeof value === 'function' ? (value as { [COROUTINE_FUNCTION]?: Code })[COROUTINE_FUNCTION] : undefined;
}

/** @internal A function whose call starts work that cannot be suspended: a native async one. */
export function isNativeAsync(value: unknown): boolean {
  const tag = tagOf(value);
  return tag === '[object AsyncFunction]' || tag === '[object AsyncGeneratorFunction]';
}

/** @internal A generator function, with `async` or without. */
export function isGeneratorFunction(value: unknown): boolean {
  return tagOf(value) === '[object GeneratorFunction]';
}
