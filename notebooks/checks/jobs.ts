// Coroutine functions that note when they begin and end. Checks pass them to the learner's function.

import { type CoroutineFunction, coroutine, sleep } from 'cokernel';

/** What happened, in order: "boil begins", "boil ends". */
export type Log = string[];

/**
 * A job that takes some seconds and returns `result`. It notes in the log when it begins, ends or is cancelled; `called`
 * is the name of its function.
 */
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
  // Warnings and errors must use the name that the learner knows.
  Object.defineProperty(work, 'name', { value: called });
  return coroutine(work);
}

/** The greatest number of jobs that were at work at once. */
export function busiest(log: Log): number {
  let count = 0;
  let most = 0;
  for (const line of log) {
    count += line.endsWith(' begins') ? 1 : -1;
    most = Math.max(most, count);
  }
  return most;
}

/** True if the log has `first`, and `second` after it. */
export function inOrder(log: Log, first: string, second: string): boolean {
  return log.includes(first) && log.indexOf(first) < log.indexOf(second);
}
