// Lesson "Cancellation": answers to its exercise, and what the check must say of the wrong ones.

import { CancelledError, coroutine, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkWork: Answers = {
  right: [
    coroutine(function* (log: string[]) {
      try {
        yield* sleep(0.1);
        log.push('done');
      } finally {
        log.push('tidy');
      }
    }),
  ],
  wrong: [
    [
      coroutine(function* (log: string[]) {
        yield* sleep(0.1);
        log.push('done');
        log.push('tidy');
      }),
      /'tidy' is missing/,
    ],
    [
      coroutine(function* (log: string[]) {
        try {
          yield* sleep(0.1);
          log.push('done');
        } catch {}
        log.push('tidy');
      }),
      /swallowed the CancelledError/,
    ],
    [
      coroutine(function* (log: string[]) {
        log.push('done');
        try {
          yield* sleep(0.1);
        } finally {
          log.push('tidy');
        }
      }),
      /added 'done' all the same/,
    ],
    [
      coroutine(function* (log: string[]) {
        try {
          yield* sleep(0.1);
          log.push('done');
        } catch (error) {
          if (error instanceof CancelledError) log.push('tidy');
          throw error;
        } finally {
          log.push('tidy');
        }
      }),
      /'tidy' once/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
      }),
      /left alone/,
    ],
  ],
};
