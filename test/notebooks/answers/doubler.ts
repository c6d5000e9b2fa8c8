// Lesson "Queues and a pipeline": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, type Queue, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkDoubler: Answers = {
  right: [
    coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
      for (;;) {
        try {
          yield* outbox.put(2 * (yield* inbox.get()));
        } catch {
          outbox.shutdown();
          return;
        }
      }
    }),
  ],
  wrong: [
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        yield* outbox.put(2 * (yield* inbox.get()));
      }),
      /2 went in, and nothing came out/,
    ],
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        for (;;) yield* outbox.put(3 * (yield* inbox.get()));
      }),
      /for 1 the outbox should hold 2\. It held 3/,
    ],
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        for (let n = 0; n < 3; n += 1) yield* outbox.put(2 * (yield* inbox.get()));
      }),
      /outbox is still open/,
    ],
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        for (let n = 0; n < 3; n += 1) yield* outbox.put(2 * (yield* inbox.get()));
        yield* sleep(60);
      }),
      /your loop keeps waiting/,
    ],
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        for (;;) yield* outbox.put(2 * (yield* inbox.get()));
      }),
      /get\(\) throws a QueueShutDown, and nobody caught it/,
    ],
    [
      coroutine(function* (inbox: Queue<number>, outbox: Queue<number>) {
        outbox.shutdown();
        for (;;) yield* outbox.put(2 * (yield* inbox.get()));
      }),
      /while more numbers were still to come/,
    ],
  ],
};
