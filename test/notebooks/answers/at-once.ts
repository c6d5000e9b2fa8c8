// Lesson "At the same time": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, createTask, gather, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Ask = () => Coroutine<string>;

export const checkAtOnce: Answers = {
  right: [
    coroutine(function* (jobs: Ask[]) {
      return yield* gather(...jobs.map((job) => job()));
    }),
  ],
  wrong: [
    [
      coroutine(function* (jobs: Ask[]) {
        const all = [];
        for (const job of jobs) all.push(yield* job());
        return all;
      }),
      /only 1 at a time/,
    ],
    [
      coroutine(function* (jobs: Ask[]) {
        return (yield* gather(...jobs.map((job) => job()))).reverse();
      }),
      /in the order/,
    ],
    [
      coroutine(function* (jobs: Ask[]) {
        for (const job of jobs) createTask(job());
        yield* sleep(0);
      }),
      /only 0 of the three jobs ended/,
    ],
  ],
};
