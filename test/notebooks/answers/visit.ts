// Lesson "A race, and a lock": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, type Lock } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

interface Page {
  visits: number;
  readonly note: () => Coroutine<void>;
}

export const checkVisit: Answers = {
  right: [
    coroutine(function* (page: Page, lock: Lock) {
      const held = yield* lock.acquire();
      try {
        const before = page.visits;
        yield* page.note();
        page.visits = before + 1;
      } finally {
        held[Symbol.dispose]();
      }
    }),
    coroutine(function* (page: Page) {
      yield* page.note();
      page.visits += 1;
    }),
  ],
  wrong: [
    [
      coroutine(function* (page: Page) {
        const before = page.visits;
        yield* page.note();
        page.visits = before + 1;
      }),
      /10 visits and 3 more are 13\. The page says 11/,
    ],
    [
      // biome-ignore lint/correctness/useYield: it leaves the note out
      coroutine(function* (page: Page) {
        page.visits += 1;
      }),
      /there should be 3 notes\. There were 0\./,
    ],
    [
      coroutine(function* (page: Page, lock: Lock) {
        yield* lock.acquire();
        const before = page.visits;
        yield* page.note();
        page.visits = before + 1;
        lock.release();
      }),
      /when page\.note\(\) throws, the lock stays held/,
    ],
    [
      coroutine(function* (page: Page, lock: Lock) {
        yield* page.note();
        page.visits += 1;
        if (!lock.locked()) yield* lock.acquire();
      }),
      /the lock is still held/,
    ],
    [
      coroutine(function* (page: Page, lock: Lock) {
        yield* lock.acquire();
        yield* page.note();
        page.visits += 1;
      }),
      /after 5 seconds it is still not done/,
    ],
  ],
};
