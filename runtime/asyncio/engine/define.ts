// coroutine(…): makes a coroutine function of a compiled async literal or of a generator function.

import { Coroutine } from './coroutine.ts';
import { codeOf, isGeneratorFunction, isNativeAsync, markCoroutineFunction } from './coroutine-functions.ts';
import { addNote } from './errors.ts';
import type { Suspension } from './now.ts';
import { apply, defineProperty } from './primordials.ts';
import { repr } from './repr.ts';
import type { Body, Code } from './types.ts';

/** A function whose call makes a coroutine object and runs nothing. */
export interface CoroutineFunction<Args extends unknown[], T> {
  (...args: Args): Coroutine<T>;
  readonly name: string;
}

/** What a generator-form body yields: nothing of its own, only what `yield* awaitable` passes on. */
export type Steps = Suspension;

/**
 * Parameters of a body. As `unknown[]` it would make `seconds` of `(seconds = 0.5)` unknown: TypeScript lets the type
 * from outside win over the default value's.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type BodyParameters = any[];

/** Makes a coroutine function (Python: `async def`). `coroutine(function* () { yield* sleep(1) })` works anywhere. */
export function coroutine<Args extends BodyParameters, T>(
  // biome-ignore lint/suspicious/noExplicitAny: what a `yield*` passes back is of the operand's own type.
  body: (...args: Args) => Generator<Steps, T, any>,
): CoroutineFunction<Args, T>;
/** `coroutine(async () => { await sleep(1) })` works where code is compiled: in cells, and with the esbuild plugin. */
export function coroutine<Args extends BodyParameters, T>(
  body: (...args: Args) => Promise<T>,
): CoroutineFunction<Args, T>;
export function coroutine(body: (...args: never[]) => unknown): CoroutineFunction<never[], unknown> {
  const code = codeForBody(body, 'coroutine');
  const make = body as (...args: unknown[]) => Body<unknown>;
  // A method, because `new` refuses methods, as it refuses async functions.
  const { made } = {
    made(this: unknown, ...args: unknown[]): Coroutine<unknown> {
      let body: Body<unknown>;
      try {
        body = apply(make, this, args);
      } catch (error) {
        // A parameter's default threw, or the pattern of one did not fit: as of an async function, the await throws.
        body = failing(error);
      }
      return new Coroutine(body, code);
    },
  };
  defineProperty(made, 'name', { value: code.name, configurable: true });
  defineProperty(made, 'length', { value: body.length, configurable: true });
  return markCoroutineFunction(made, code, body) as CoroutineFunction<never[], unknown>;
}

// biome-ignore lint/correctness/useYield: it is a body that fails at once.
function* failing(error: unknown): Generator<never, never, unknown> {
  throw error;
}

/** @internal The code record of a body that was handed to `user`, or an error that names the ways to write one. */
export function codeForBody(body: unknown, user: string): Code {
  const compiled = codeOf(body);
  if (compiled !== undefined) return compiled;
  if (isGeneratorFunction(body)) return { name: (body as { name: string }).name || '<anonymous>' };
  if (isNativeAsync(body)) throw uncompiled(body, user);
  throw new TypeError(`${user}() expected an async literal or a generator function, got ${repr(body)}`);
}

function uncompiled(body: unknown, user: string): Error {
  const error = new TypeError(`${user}() was given an async function that is not compiled: ${repr(body)}`);
  addNote(error, `A native async function cannot be suspended or cancelled by the loop. Three ways to write it:`);
  addNote(
    error,
    `  in a notebook cell, the async literal directly in the call: ${user}(async () => { await sleep(1) })`,
  );
  addNote(error, `  in your own build, the same, with the esbuild plugin 'cokernel/esbuild'`);
  return addNote(error, `  anywhere, as a generator: ${user}(function* () { yield* sleep(1) })`);
}
