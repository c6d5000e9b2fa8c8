// How every check speaks, and that none of them throws. What is right or wrong is each check's own affair.

import {
  CancelledError,
  type Coroutine,
  type CoroutineFunction,
  coroutine,
  currentTask,
  RuntimeError,
  timeout,
} from 'cokernel';

/** What is wrong with an answer, in words for the learner. */
export class Wrong extends Error {}

/** So many seconds a whole check may take. */
const PATIENCE = 5;

/** A check that prints "Right." and the praise, or what `find` threw as Wrong, or what the answer itself threw. */
export function check<Args extends unknown[]>(
  praise: string,
  find: (...args: Args) => Coroutine<void>,
): CoroutineFunction<Args, void> {
  return coroutine(function* (...args: Args) {
    let late = () => false;
    try {
      yield* timeout(PATIENCE, function* (scope) {
        late = () => scope.expired();
        yield* find(...args);
      });
      console.log(`Right. ${praise}`);
    } catch (error) {
      // The learner pressed stop: that is no answer to judge.
      if (error instanceof CancelledError && (currentTask()?.cancelling() ?? 0) > 0) throw error;
      if ((error as Error | null)?.name === 'KeyboardInterrupt') throw error;
      console.log(`Not yet: ${late() ? tooLong : reason(error)}`);
    }
  });
}

const tooLong = `after ${PATIENCE} seconds it is still not done. Does it wait for something that never comes?`;

function reason(error: unknown): string {
  if (error instanceof Wrong) return error.message;
  if (!(error instanceof Error)) return `it threw ${String(error)}.`;
  const said = `it threw ${error.name}: ${error.message}`;
  if (!(error instanceof RuntimeError) || !error.message.startsWith('cannot reuse')) return said;
  return `${said}.\nOne coroutine object was awaited twice. Call the function again for a second one.`;
}
