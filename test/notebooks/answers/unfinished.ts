// Lesson "Looking at a running program": answers to its exercise, and what the check must say of the wrong ones.

import { allTasks, coroutine, currentTask } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

const others = () => [...allTasks()].filter((task) => task !== currentTask());

export const checkUnfinished: Answers = {
  right: [
    () =>
      others()
        .map((task) => task.getName())
        .sort(),
  ],
  wrong: [
    [() => [...allTasks()].map((task) => task.getName()).sort(), /The task that is running now is in your list/],
    [() => ['washing', 'ironing', 'drying'], /in alphabetical order/],
    [() => [], /\[ 'washing', 'drying', 'ironing' \] were not done/],
    [() => ['drying', 'folding', 'ironing', 'washing'], /'folding' is done/],
    [() => ['drying', 'ironing', 'washing', 'zipping'], /It returned \[ 'drying', 'ironing', 'washing', 'zipping' \]/],
    [() => others(), /One is <Task/],
    [() => others().length, /should return an array of names\. It returned \d/],
    [coroutine(function* () {}), /should be a plain function/],
    [undefined, /should be a function/],
  ],
};
