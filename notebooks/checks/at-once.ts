// Lesson "At the same time": several jobs at the same time.

import { coroutine } from 'cokernel';
import { call, mustBeResults, same, shown } from './answer.ts';
import { busiest, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `atOnce(jobs)` runs all jobs at the same time, and gives their results in the order of the jobs. */
export const checkAtOnce = check(
  'All of them slept at the same time, and the results kept their order.',
  coroutine(function* (atOnce: unknown) {
    const log: Log = [];
    const jobs = [
      job(log, 'slow', 0.15, 'slow'),
      job(log, 'quick', 0.05, 'quick'),
      job(log, 'middling', 0.1, 'middling'),
    ];
    const result = yield* call('atOnce', atOnce, jobs);
    mustBeResults(result);
    const ended = log.filter((line) => line.endsWith(' ends')).length;
    if (ended < jobs.length)
      throw new Wrong(`only ${ended} of the three jobs ended. Await them all before you return.`);
    if (busiest(log) < jobs.length) {
      throw new Wrong(`all were done, but only ${busiest(log)} at a time. Make all objects first, then gather them.`);
    }
    if (!same(result, ['slow', 'quick', 'middling'])) {
      throw new Wrong(
        `it should return [ 'slow', 'quick', 'middling' ], in the order of the jobs. It returned ${shown(result)}.`,
      );
    }
  }),
);
