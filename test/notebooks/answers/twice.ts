// Lesson "Five errors, and what they mean": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Ask = () => Coroutine<string>;

export const checkTwice: Answers = {
  right: [
    coroutine(function* (ask: Ask) {
      return [yield* ask(), yield* ask()];
    }),
  ],
  wrong: [
    [
      coroutine(function* (ask: Ask) {
        const one = ask();
        return [yield* one, yield* one];
      }),
      /cannot reuse already awaited coroutine\nOne coroutine object was awaited twice/,
    ],
    [
      coroutine(function* (ask: Ask) {
        const one = yield* ask();
        return [one, one];
      }),
      /from one run of ask/,
    ],
    [
      coroutine(function* (ask: Ask) {
        yield* ask();
        return [yield* ask()];
      }),
      /It returned \[ 'answer 2' \]/,
    ],
    [
      coroutine(function* (ask: Ask) {
        yield* sleep(0);
        return [ask(), ask()];
      }),
      /returned coroutine objects/,
    ],
  ],
};
