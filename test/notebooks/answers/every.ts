// Lesson "Virtual time": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkEvery: Answers = {
  right: [
    coroutine(function* (seconds: number, times: number, action: () => void) {
      for (let n = 0; n < times; n += 1) {
        yield* sleep(seconds);
        action();
      }
    }),
  ],
  wrong: [
    [
      coroutine(function* (seconds: number, times: number, action: () => void) {
        for (let n = 0; n < times; n += 1) {
          action();
          yield* sleep(seconds);
        }
      }),
      /first call came immediately/,
    ],
    [
      coroutine(function* (seconds: number, times: number, action: () => void) {
        for (let n = 0; n < times; n += 1) {
          yield* sleep(seconds);
          action();
        }
        yield* sleep(seconds);
      }),
      /slept once more/,
    ],
    [
      coroutine(function* (seconds: number, _: number, action: () => void) {
        yield* sleep(seconds);
        action();
      }),
      /once\./,
    ],
    [
      coroutine(function* (_: number, times: number, action: () => void) {
        yield* sleep(1800);
        for (let n = 0; n < times; n += 1) action();
      }),
      /They came after 0\.5, 0\.5, 0\.5/,
    ],
  ],
};
