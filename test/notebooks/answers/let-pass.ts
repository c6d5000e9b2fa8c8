// Lesson "Who runs next?": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, createTask, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Other = () => Coroutine<void>;

export const checkLetPass: Answers = {
  right: [
    coroutine(function* (log: string[], other: Other) {
      const task = createTask(other());
      yield* sleep(0);
      log.push('me');
      yield* task;
    }),
  ],
  wrong: [
    [
      coroutine(function* (log: string[], other: Other) {
        const task = createTask(other());
        log.push('me');
        yield* task;
      }),
      /'me' came before other had begun/,
    ],
    [
      coroutine(function* (log: string[], other: Other) {
        yield* other();
        log.push('me');
      }),
      /'me' came after other had ended/,
    ],
    [
      coroutine(function* (log: string[], other: Other) {
        createTask(other());
        yield* sleep(0);
        log.push('me');
      }),
      /did not come to its end/,
    ],
    [
      coroutine(function* (_: string[], other: Other) {
        yield* other();
      }),
      /'me' is not in the log/,
    ],
    ...[[0.1], [0, 0]].map((sleeps): Answers['wrong'][number] => [
      coroutine(function* (log: string[], other: Other) {
        const task = createTask(other());
        for (const seconds of sleeps) yield* sleep(seconds);
        log.push('me');
        yield* task;
      }),
      /more than one turn/,
    ]),
    [
      // biome-ignore lint/correctness/useYield: it forgets to await
      coroutine(function* (log: string[], other: Other) {
        other().close();
        log.push('me');
      }),
      /other never began/,
    ],
  ],
};
