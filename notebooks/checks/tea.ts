// Lesson "Four ways to run a coroutine": start one thing, do another, then take the first one's result.

import { coroutine } from 'cokernel';
import { call, mustBeResults, same, shown } from './answer.ts';
import { inOrder, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `tea(boil, toast)` starts boil, awaits toast in the meantime, and returns both results. */
export const checkTea = check(
  'The water boiled while you made toast.',
  coroutine(function* (tea: unknown) {
    const log: Log = [];
    const made = call('tea', tea, job(log, 'boil', 0.2, 'hot water'), job(log, 'toast', 0.1, 'toast'));
    const result = yield* made;
    for (const name of ['boil', 'toast']) {
      if (!log.includes(`${name} begins`))
        throw new Wrong(`${name} never began. A coroutine object runs only when you await it, or make it a task.`);
    }
    if (inOrder(log, 'boil ends', 'toast begins')) {
      throw new Wrong('toast began only after boil had ended. Start boil first, with createTask.');
    }
    if (inOrder(log, 'toast ends', 'boil begins')) {
      throw new Wrong(
        'boil began only after toast had ended. boil() alone starts nothing: createTask(boil()), before you await toast.',
      );
    }
    if (!log.includes('boil ends'))
      throw new Wrong('the water did not come to the boil. Await the task before you return.');
    mustBeResults(result);
    if (!same(result, ['hot water', 'toast'])) {
      throw new Wrong(`it should return [ 'hot water', 'toast' ]. It returned ${shown(result)}.`);
    }
  }),
);
