// Lesson "Coming from promises": answers to its exercise, and what the check must say of the wrong ones.

import { awaiting, coroutine, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Start = () => Promise<string>;

export const checkLazily: Answers = {
  right: [
    coroutine(function* (start: Start) {
      return yield* awaiting(start());
    }),
  ],
  wrong: [
    [
      (start: Start) => {
        const made = start();
        return coroutine(function* () {
          return yield* awaiting(made);
        })();
      },
      /before anybody awaited/,
    ],
    [
      coroutine(function* (start: Start) {
        start();
        return yield* awaiting(start());
      }),
      /called twice/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        return 'value';
      }),
      /never called/,
    ],
    [
      coroutine(function* (start: Start) {
        yield* awaiting(start());
        return 'mine';
      }),
      /It returned 'mine'/,
    ],
    [(start: Start) => start(), /returned a promise, so it is running already/],
  ],
};
