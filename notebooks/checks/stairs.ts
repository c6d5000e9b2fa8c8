// Lesson "One after another": one step after another.

import { coroutine } from 'cokernel';
import { call, shown } from './answer.ts';
import { busiest, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `stairs(step)` awaits step(1), step(2) and step(3), one after another, and returns 'up'. */
export const checkStairs = check(
  'Each step began when the one before it had ended.',
  coroutine(function* (stairs: unknown) {
    const log: Log = [];
    const taken: unknown[] = [];
    const step = (number: unknown) => {
      taken.push(number);
      return job(log, `step ${shown(number)}`, 0.05, undefined, 'step')();
    };
    const result = yield* call('stairs', stairs, step);
    if (taken.join() !== '1,2,3') {
      throw new Wrong(
        `the steps should be 1, 2 and 3. You called step with ${taken.length === 0 ? 'none' : taken.map(shown).join(', ')}.`,
      );
    }
    for (const number of taken) {
      if (!log.includes(`step ${number} ends`)) throw new Wrong(`step ${number} was not finished. Is it awaited?`);
    }
    if (busiest(log) > 1)
      throw new Wrong('two steps were under way at once. Await each step before you call the next.');
    if (result !== 'up') throw new Wrong(`at the top it should return 'up'. It returned ${shown(result)}.`);
  }),
);
