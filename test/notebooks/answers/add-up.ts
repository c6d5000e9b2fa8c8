// Lesson "A long calculation": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

const addUp = (every: number, start = 0) =>
  coroutine(function* (numbers: number[]) {
    let sum = start;
    for (const [index, number] of numbers.entries()) {
      sum += number;
      if (index % every === every - 1) yield* sleep(0);
    }
    return sum;
  });

export const checkAddUp: Answers = {
  right: [addUp(100), addUp(99)],
  wrong: [
    [addUp(10_000), /nobody else had a turn/],
    [addUp(300), /the others had 3 turns/],
    [addUp(1), /gave up 1000 turns/],
    [addUp(100, 1), /It returned 500501/],
  ],
};
