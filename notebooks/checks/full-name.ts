// Lesson "Getting results": results out of a gather.

import { coroutine } from 'cokernel';
import { call, mustBeResults, shown } from './answer.ts';
import { busiest, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `fullName(first, last)` gets both names at the same time, and returns them with a space in between. */
export const checkFullName = check(
  'Two results, taken out of one array.',
  coroutine(function* (fullName: unknown) {
    const log: Log = [];
    const result = yield* call('fullName', fullName, job(log, 'first', 0.1, 'Ada'), job(log, 'last', 0.05, 'Lovelace'));
    if (typeof result === 'string' && /coroutine|<Task/.test(result)) {
      throw new Wrong('you joined coroutine objects or tasks, not their results. Await them first.');
    }
    mustBeResults(result);
    if (result === 'Ada,Lovelace' || Array.isArray(result)) {
      throw new Wrong('gather gives an array. Take the two out of it: const [one, two] = await gather(…).');
    }
    if (result === 'Lovelace Ada') throw new Wrong('the two are swapped: results come in the order of the arguments.');
    if (result !== 'Ada Lovelace') throw new Wrong(`it should return 'Ada Lovelace'. It returned ${shown(result)}.`);
    if (busiest(log) < 2)
      throw new Wrong('the name is right, but you asked for one part after the other. Gather them.');
  }),
);
