// The door for compiled code: runtime/compile rewrites a cell, or a `coroutine(async …)` literal, into generator
// functions that use these names on an object called `__co` (this module's namespace).
//
//   let __v;                                   at the head of each generator function
//   await e           →  ((__v = __co.start(LINE, e)) === __co.pending ? yield __v : __v)
//   async (…) => {…}  →  __co.body(function* (…) {…}, { name, file, line })   given to coroutine, taskGroup, timeout, …
//                        or any function that returns such a generator: `(…) => inner.call(this, …)`
//   yield e           →  (yield __co.yielded(AWAIT(LINE, e)))    in asyncGenerator(async function* …); AWAIT as above but by `adopt`,
//                        for JavaScript awaits what an async generator yields (and TypeScript types it so)
//   f(x);             →  __co.drop(f(x), LINE, FILE);   an expression statement that is a call, and whose value is discarded
//
// The await must yield `__v` itself (which is `pending`): any other yielded value is an error in a coroutine and a
// produced value in an async generator. Nothing may run between `start` and its `yield`. `LINE` counts from 1.

import { adopt as adoptOperand, Coroutine, start as startOperand } from './engine/coroutine.ts';
import { markCompiled } from './engine/coroutine-functions.ts';
import { PENDING } from './engine/now.ts';
import { defineProperty } from './engine/primordials.ts';
import type { Code } from './engine/types.ts';
import { dropped } from './engine/unawaited.ts';
import './engine/promise.ts';

/** What `start` returns if the value is not there yet: to be yielded as it is. */
export const pending: unique symbol = PENDING as never;

/**
 * Awaits `operand` at `line`: its value, or `pending`. Throws what the operand throws. Before a plain value is there,
 * microtasks run once, as in JavaScript, and no other task does.
 */
export const start: (line: number, operand: unknown) => unknown = startOperand;

/** As {@link start}, but a plain value is there at once: of what an async generator yields. */
export const adopt: (line: number, operand: unknown) => unknown = adoptOperand;

/** Marks a compiled literal. `name` is what Python would call the function; `file` e.g. `Cell [3]`; lines from 1. */
export function body<F extends (...args: never[]) => unknown>(
  make: F,
  code: { readonly name: string; readonly file: string; readonly line: number },
): F {
  // V8's stack frames show it; without it they would show the property path by which the literal is passed.
  defineProperty(make, 'name', { value: code.name, configurable: true });
  const { name, file, line } = code;
  return markCompiled(make, { name, file, line, adopts: true } satisfies Code);
}

/** JavaScript's own, as they were at the start: a notebook may declare a Symbol of its own, which its cells would then mean. */
export const own = { Symbol, Object, String, TypeError, SuppressedError };

/** What a compiled async generator produces. */
export function yielded<T>(value: T): T {
  return value;
}

/** A statement's discarded value: warns at once if it is a coroutine that nobody awaited. Returns the value. */
export function drop<T>(value: T, line: number, file?: string): T {
  if (value instanceof Coroutine) dropped(value, line, file);
  return value;
}
