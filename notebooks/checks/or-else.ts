// Lesson "Timeouts": a fallback for a job that takes too long.

import { type Coroutine, coroutine, sleep, TimeoutError, ValueError } from 'cokernel';
import { call, now, shown } from './answer.ts';
import { job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `orElse(slow, seconds, fallback)` returns what slow() returns, or the fallback if that takes too long. */
export const checkOrElse = check(
  'In time: the value. Too late: the fallback, and nothing left running.',
  coroutine(function* (orElse: unknown) {
    const log: Log = [];
    const quick = yield* call('orElse', orElse, job(log, 'quick', 0.02, 'value'), 0.1, 'fallback');
    if (quick !== 'value')
      throw new Wrong(`if slow() is quick enough, it should return its value. It returned ${shown(quick)}.`);
    const began = now();
    const late = yield* fallback(call('orElse', orElse, job(log, 'slow', 1, 'value'), 0.1, 'fallback'));
    if (now() - began > 0.6)
      throw new Wrong('it waited until the slow one was done. Use waitFor with the number of seconds.');
    if (late !== 'fallback')
      throw new Wrong(`when the time is up, it should return the fallback. It returned ${shown(late)}.`);
    if (!log.includes('slow cancelled'))
      throw new Wrong('the slow one still runs. waitFor or timeout would cancel it.');
    const broken = coroutine(function* broken() {
      yield* sleep(0.01);
      throw new ValueError('broken');
    });
    try {
      yield* call('orElse', orElse, broken, 0.1, 'fallback');
    } catch (error) {
      if (error instanceof ValueError) return;
      throw error;
    }
    throw new Wrong('slow() threw a ValueError, and the error was lost. Catch TimeoutError only; rethrow the rest.');
  }),
);

const fallback = coroutine(function* (late: Coroutine<unknown>) {
  try {
    return yield* late;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new Wrong('it let the TimeoutError out. Catch it; and inside the try, write return await.');
  }
});
