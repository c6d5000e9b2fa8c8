// Lesson "One after another": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, gather } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Step = (number: number) => Coroutine<void>;

export const checkStairs: Answers = {
  right: [
    coroutine(function* (step: Step) {
      for (const n of [1, 2, 3]) yield* step(n);
      return 'up';
    }),
  ],
  wrong: [
    [
      coroutine(function* (step: Step) {
        yield* step(1);
        return 'up';
      }),
      /You called step with 1\./,
    ],
    [
      coroutine(function* (step: Step) {
        yield* gather(step(1), step(2), step(3));
        return 'up';
      }),
      /two steps/,
    ],
    [
      coroutine(function* (step: Step) {
        for (const n of [1, 2, 3]) yield* step(n);
      }),
      /It returned undefined/,
    ],
    [
      coroutine(function* (step: Step) {
        for (const n of [3, 2, 1]) yield* step(n);
        return 'up';
      }),
      /3, 2, 1/,
    ],
    [
      coroutine(function* (step: Step) {
        yield* step(1);
        yield* step(2);
        step(3).close();
        return 'up';
      }),
      /step 3 was not finished/,
    ],
  ],
};
