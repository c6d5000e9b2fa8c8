// Lesson "Can you predict it?": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, createTask } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Say = (word: string) => Coroutine<void>;

export const checkOrder: Answers = {
  right: [
    coroutine(function* (say: Say) {
      const task = createTask(say('last'));
      yield* say('one');
      yield* say('two');
      yield* task;
    }),
    coroutine(function* (say: Say) {
      const last = say('last');
      yield* say('one');
      yield* say('two');
      yield* last;
    }),
  ],
  wrong: [
    [
      coroutine(function* (say: Say) {
        yield* createTask(say('last'));
        yield* say('one');
        yield* say('two');
      }),
      /They were noted as last, one, two/,
    ],
    [
      coroutine(function* (say: Say) {
        for (const word of ['one', 'two', 'last']) yield* say(word);
      }),
      /say\('last'\) should be called first/,
    ],
  ],
};
