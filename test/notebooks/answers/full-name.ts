// Lesson "Getting results": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, gather, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Ask = () => Coroutine<string>;

export const checkFullName: Answers = {
  right: [
    coroutine(function* (first: Ask, last: Ask) {
      return (yield* gather(first(), last())).join(' ');
    }),
  ],
  wrong: [
    [
      coroutine(function* (first: Ask, last: Ask) {
        return String(yield* gather(first(), last()));
      }),
      /gives an array/,
    ],
    [
      coroutine(function* (first: Ask, last: Ask) {
        return (yield* gather(last(), first())).join(' ');
      }),
      /swapped/,
    ],
    [
      coroutine(function* (first: Ask, last: Ask) {
        return `${yield* first()} ${yield* last()}`;
      }),
      /one part after/,
    ],
    [
      coroutine(function* (first: Ask) {
        const one = first();
        yield* one;
        return `${one}`;
      }),
      /joined coroutine objects/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        return 'Bob';
      }),
      /It returned 'Bob'/,
    ],
    [
      coroutine(function* (first: Ask, last: Ask) {
        yield* sleep(0);
        return `${gather(first(), last())}` as string;
      }),
      /It returned '/,
    ],
  ],
};
