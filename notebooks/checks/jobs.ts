// Coroutine functions that note when they begin and end: what a check hands to a learner's function.

import { type CoroutineFunction, coroutine, sleep } from 'cokernel';

/** What happened, in order: "boil begins", "boil ends". */
export type Log = string[];

/** A job that takes some seconds, gives `result`, and writes into the log; "boil cancelled" where it was. `called` is the function's own name. */
export function job<T>(log: Log, name: string, seconds: number, result: T, called = name): CoroutineFunction<[], T> {
  const work = function* () {
    log.push(`${name} begins`);
    let ended = 'cancelled';
    try {
      yield* sleep(seconds);
      ended = 'ends';
    } finally {
      log.push(`${name} ${ended}`);
    }
    return result;
  };
  // Warnings and errors shall call it as the learner knows it.
  Object.defineProperty(work, 'name', { value: called });
  return coroutine(work);
}

/** How many jobs were at work at once, at the most. */
export function busiest(log: Log): number {
  let count = 0;
  let most = 0;
  for (const line of log) {
    count += line.endsWith(' begins') ? 1 : -1;
    most = Math.max(most, count);
  }
  return most;
}

/** True where the log has `first`, and `second` after it. */
export function inOrder(log: Log, first: string, second: string): boolean {
  return log.includes(first) && log.indexOf(first) < log.indexOf(second);
}
