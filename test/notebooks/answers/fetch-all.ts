// Lesson "A crawler": answers to its exercise, and what the check must say of the wrong ones.

import { type Coroutine, coroutine, gather, Semaphore, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

type Load = (name: string) => Coroutine<string>;

export const checkFetchAll: Answers = {
  right: [
    coroutine(function* (urls: string[], get: Load) {
      const door = new Semaphore(2);
      const one = coroutine(function* (url: string) {
        const place = yield* door.acquire();
        try {
          return yield* get(url);
        } finally {
          place[Symbol.dispose]();
        }
      });
      return yield* gather(...urls.map((url) => one(url)));
    }),
  ],
  wrong: [
    [
      coroutine(function* (urls: string[], get: Load) {
        return yield* gather(...urls.map(get));
      }),
      /up to 5 requests/,
    ],
    [
      coroutine(function* (urls: string[], get: Load) {
        const all = [];
        for (const url of urls) all.push(yield* get(url));
        return all;
      }),
      /one after another/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        return [];
      }),
      /It returned \[\]/,
    ],
    [
      coroutine(function* (urls: string[], get: Load) {
        const door = new Semaphore(2);
        const one = coroutine(function* (url: string) {
          yield* door.acquire();
          return yield* get(url);
        });
        return yield* gather(...urls.map(one));
      }),
      /nobody gives a place back/,
    ],
  ],
};
