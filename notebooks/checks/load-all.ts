// Lesson "Task groups": a group whose tasks end together.

import { coroutine, ExceptionGroup, sleep, ValueError } from 'cokernel';
import { call, mustBeResults, same, shown } from './answer.ts';
import { busiest, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `loadAll(load, names)` loads all names in a task group, and returns the results in order. */
export const checkLoadAll = check(
  'All at the same time; and if one fails, none is left behind.',
  coroutine(function* (loadAll: unknown) {
    const log: Log = [];
    const load = (name: string) => job(log, name, name === 'a' ? 0.1 : 0.05, name.toUpperCase(), 'load')();
    const result = yield* call('loadAll', loadAll, load, ['a', 'b', 'c']);
    mustBeResults(result);
    if (!same(result, ['A', 'B', 'C']))
      throw new Wrong(`it should return [ 'A', 'B', 'C' ]. It returned ${shown(result)}.`);
    if (busiest(log) < 3)
      throw new Wrong('the results are right, but they came one after another. Create all tasks first.');
    yield* checkFailure(loadAll);
  }),
);

const checkFailure = coroutine(function* (loadAll: unknown) {
  const log: Log = [];
  const fail = coroutine(function* load() {
    yield* sleep(0.02);
    throw new ValueError('no such file');
  });
  const load = (name: string) => (name === 'bad' ? fail() : job(log, name, 0.1, name, 'load')());
  let caught: unknown;
  try {
    yield* call('loadAll', loadAll, load, ['good', 'bad']);
  } catch (error) {
    caught = error;
  }
  yield* sleep(0.12); // A task that was left behind would be done by now.
  if (caught === undefined) throw new Wrong('one load failed, and the error was lost. Let it through.');
  if (log.includes('good ends'))
    throw new Wrong('one load failed, and the other one went on. A task group would cancel it.');
  if (!(caught instanceof ExceptionGroup))
    throw new Wrong(`a task group throws an ExceptionGroup. Yours: ${shown(caught)}`);
});
