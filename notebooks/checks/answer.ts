// Calls a learner's function, and says plainly what is wrong where it is no coroutine function.

import { inspect } from 'node:util';
import { type Coroutine, getRunningLoop, isCoroutine } from 'cokernel';
import { Wrong } from './verdict.ts';

/** The coroutine object that `answer(...args)` gives. @throws Wrong for anything else */
export function call(name: string, answer: unknown, ...args: unknown[]): Coroutine<unknown> {
  if (isCoroutine(answer)) {
    answer.close();
    throw new Wrong(`give the check the function itself: ${name}, not ${name}(…).`);
  }
  if (typeof answer !== 'function') throw new Wrong(`${name} should be a function. It is ${shown(answer)}.`);
  const made: unknown = answer(...args);
  if (isCoroutine(made)) return made;
  if (made instanceof Promise) {
    made.catch(() => {}); // It is not judged, and shall not be told of as lost either.
    throw new Wrong(
      `calling ${name} gave a promise, so it runs already. Write coroutine(async …) around the function.`,
    );
  }
  throw new Wrong(`calling ${name} gave ${shown(made)} at once. Make it with coroutine(async …).`);
}

/** A value as a learner would write it. */
export function shown(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2 });
}

/** True where two answers look the same. */
export function same(left: unknown, right: unknown): boolean {
  return shown(left) === shown(right);
}

/** The loop's clock, in seconds: real or virtual. */
export function now(): number {
  return getRunningLoop().time();
}
