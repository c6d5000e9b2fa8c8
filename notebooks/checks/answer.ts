// Calls a learner's function; if it is not a coroutine function, says plainly what is wrong.

import { inspect } from 'node:util';
import { type Coroutine, getRunningLoop, isCoroutine, isCoroutineFunction, Task } from 'cokernel';
import { Wrong } from './verdict.ts';

/** The coroutine object that `answer(...args)` returns. @throws Wrong for anything else */
export function call(name: string, answer: unknown, ...args: unknown[]): Coroutine<unknown> {
  if (isCoroutine(answer)) {
    answer.close();
    throw new Wrong(`pass the function itself to the check: ${name}, not ${name}(…).`);
  }
  if (typeof answer !== 'function') throw new Wrong(`${name} should be a function. It is ${shown(answer)}.`);
  const made: unknown = answer(...args);
  if (isCoroutine(made)) return made;
  if (made instanceof Promise) {
    made.catch(() => {}); // It is not judged, and must not be reported as unhandled either.
    throw new Wrong(
      `calling ${name} returned a promise, so it is running already. Write coroutine(…) around the async function.`,
    );
  }
  if (isCoroutineFunction(made)) {
    throw new Wrong(`calling ${name} returned a coroutine function, not yet an object: call that function too.`);
  }
  if (made instanceof Task) {
    made.cancel();
    throw new Wrong(`calling ${name} returned a task, and a task begins by itself. Return the coroutine object.`);
  }
  throw new Wrong(`calling ${name} returned ${shown(made)} immediately. Make it with coroutine(async …).`);
}

/** @throws Wrong if a result still has to be awaited, or is an array of things that do */
export function mustBeResults(result: unknown): void {
  const things = Array.isArray(result) ? result : [result];
  if (things.some(isCoroutine)) {
    for (const thing of things) if (isCoroutine(thing)) thing.close();
    throw new Wrong('it returned coroutine objects, not their results. Await them first.');
  }
  if (things.some((thing) => thing instanceof Task)) {
    throw new Wrong('it returned tasks, not their results. Await a task; or, when it is done, ask for task.result().');
  }
}

/** A value as a learner would write it. */
export function shown(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2 });
}

/** True if two answers look the same. */
export function same(left: unknown, right: unknown): boolean {
  return shown(left) === shown(right);
}

/** The time on the loop's clock, real or virtual, in seconds. */
export function now(): number {
  return getRunningLoop().time();
}
