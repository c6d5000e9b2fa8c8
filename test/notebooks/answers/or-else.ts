// Lesson "Timeouts": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, createTask, sleep, TimeoutError, waitFor } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Ask = () => Coroutine<string>;

export const checkOrElse: Answers = {
  right: [
    coroutine(function* (slow: Ask, seconds: number, fallback: string) {
      try {
        return yield* waitFor(slow(), seconds);
      } catch (error) {
        if (error instanceof TimeoutError) return fallback;
        throw error;
      }
    }),
  ],
  wrong: [
    [
      coroutine(function* (slow: Ask) {
        return yield* slow();
      }),
      /waited until the slow one was done/,
    ],
    [
      coroutine(function* (slow: Ask, seconds: number, fallback: string) {
        try {
          return yield* waitFor(slow(), seconds);
        } catch {
          return fallback;
        }
      }),
      /Catch TimeoutError only/,
    ],
    [
      coroutine(function* (slow: Ask, seconds: number, fallback: string) {
        const task = createTask(slow());
        yield* sleep(seconds);
        return task.done() ? yield* task : fallback;
      }),
      /still runs/,
    ],
    [
      coroutine(function* (slow: Ask, seconds: number) {
        return yield* waitFor(slow(), seconds);
      }),
      /it let the TimeoutError out/,
    ],
  ],
};
