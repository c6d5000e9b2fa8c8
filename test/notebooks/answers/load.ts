// Lesson "Promises and coroutines together": answers to its exercise, and what the check must say of the wrong ones.

import { awaiting, coroutine, currentTask, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Get = (signal?: AbortSignal) => Promise<string>;

export const checkLoad: Answers = {
  right: [
    coroutine(function* (get: Get) {
      return yield* awaiting(get(currentTask()?.signal()));
    }),
  ],
  wrong: [
    [
      coroutine(function* (get: Get) {
        return yield* awaiting(get(new AbortController().signal));
      }),
      /get was not told/,
    ],
    [
      coroutine(function* (get: Get) {
        return yield* awaiting(get());
      }),
      /It was given undefined/,
    ],
    [
      coroutine(function* (get: Get) {
        yield* awaiting(get(currentTask()?.signal()));
      }),
      /It returned undefined\. Is a return missing\?/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        return 'page';
      }),
      /should be called once\. It was called 0 times/,
    ],
  ],
};
