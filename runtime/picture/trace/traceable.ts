// What can be traced: coroutines, tasks, and futures such as a gather's. Anything else is refused with what to write.

import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { addNote, ValueError } from '../../asyncio/engine/errors.ts';
import { type Future, isTask } from '../../asyncio/engine/future.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import { isAwaitable, isCoroutine, isCoroutineFunction, isFuture } from '../../asyncio/engine/predicates.ts';
import { repr } from '../../asyncio/engine/repr.ts';
import type { Task } from '../../asyncio/engine/task.ts';

/** The value, if its steps can be seen. @throws ValueError that says what to write instead */
export function traceable<T>(main: unknown): Coroutine<T> | Future<T> {
  if (isCoroutine(main) || isFuture(main)) return main as Coroutine<T> | Future<T>;
  throw addNote(new ValueError(`a coroutine was expected, got ${repr(main)}`), remedyFor(main));
}

function remedyFor(main: unknown): string {
  if (typeof main !== 'function') {
    return isAwaitable(main)
      ? 'The steps of a promise cannot be seen. Write trace(coroutine(async () => …)()).'
      : 'Call a coroutine function: trace(main()).';
  }
  const name = main.name === '' ? 'main' : main.name;
  const plain = !isCoroutineFunction(main) && Object.prototype.toString.call(main) === '[object AsyncFunction]';
  return plain
    ? `The steps of a plain async function cannot be seen. Write trace(coroutine(${main.name === '' ? 'async () => …' : name})()).`
    : `Did you forget to call it: trace(${name}())?`;
}

/** A coroutine that waits for a future. */
export function asCoroutine<T>(main: Coroutine<T> | Future<T>): Coroutine<T> {
  if (isCoroutine(main)) return main as Coroutine<T>;
  return internal(waiting(main as Future<T>), internalCode(nameOf(main)));
}

function* waiting<T>(future: Future<T>): Generator<unknown, T, unknown> {
  return yield* future;
}

/** What the root of the trace is called. */
export function nameOf(main: Coroutine<unknown> | Future<unknown>): string {
  return isCoroutine(main) ? main.name : main.waitName();
}

/** The tasks of which a future such as a gather's is made, also through further ones. */
export function tasksIn(future: Future<unknown>): Task<unknown>[] {
  const { children = [] } = future as unknown as { readonly children?: Iterable<Future<unknown>> };
  return [...new Set(children)].flatMap((one) => (isTask(one) ? [one as Task<unknown>] : tasksIn(one)));
}
