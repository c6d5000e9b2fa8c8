// How every check speaks, and that none of them throws. What is right or wrong is each check's own affair.

import {
  awaiting,
  CancelledError,
  type Coroutine,
  type CoroutineFunction,
  coroutine,
  currentTask,
  RuntimeError,
  run,
  timeout,
} from 'cokernel';

/** What is wrong with an answer, in words for the learner. */
export class Wrong extends Error {}

/** How a check runs. */
export interface CheckOptions {
  /** So many seconds the whole check may take: 5 if not given. */
  readonly patience?: number;
  /** 'virtual': sleeps take no time, also where the notebook's clock is real. */
  readonly clock?: 'virtual';
}

/** A check that prints "Right." and the praise, or what `find` threw as Wrong, or what the answer itself threw. */
export function check<Args extends unknown[]>(
  praise: string,
  find: (...args: Args) => Coroutine<void>,
  { patience = 5, clock }: CheckOptions = {},
): CoroutineFunction<Args, void> {
  return coroutine(function* (...args: Args) {
    let late = () => false;
    try {
      const found = timeout(patience, function* (scope) {
        late = () => scope.expired();
        yield* find(...args);
      });
      yield* clock === undefined ? found : awaiting(run(found, { clock }));
      console.log(`Right. ${praise}`);
    } catch (error) {
      // The learner pressed stop: that is no answer to judge.
      if (error instanceof CancelledError && (currentTask()?.cancelling() ?? 0) > 0) throw error;
      if ((error as Error | null)?.name === 'KeyboardInterrupt') throw error;
      console.log(`Not yet: ${late() ? tooLong(patience) : reason(error)}`);
    }
  });
}

function tooLong(seconds: number): string {
  const time = seconds < 3600 ? `${seconds} seconds` : `${seconds / 3600} hours`;
  return `after ${time} it is still not done. Does it wait for something that never comes?`;
}

function reason(error: unknown): string {
  if (error instanceof Wrong) return error.message;
  if (!(error instanceof Error)) return `it threw ${String(error)}.`;
  const said = `it threw ${error.name}: ${error.message}`;
  if (!(error instanceof RuntimeError) || !error.message.startsWith('cannot reuse')) return said;
  return `${said}.\nOne coroutine object was awaited twice. Call the function again for a second one.`;
}
