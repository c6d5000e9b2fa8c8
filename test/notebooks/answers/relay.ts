// Lesson "Event and Semaphore": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, type Event, sleep } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkRelay: Answers = {
  right: [
    coroutine(function* (gun: Event, done: Event) {
      yield* gun.wait();
      yield* sleep(1);
      done.set();
    }),
  ],
  wrong: [
    [
      coroutine(function* (gun: Event, done: Event) {
        while (!gun.isSet()) yield* sleep(0.1);
        yield* sleep(1);
        done.set();
      }),
      /1\.07 seconds after the gun, which is late/,
    ],
    [
      coroutine(function* (gun: Event, done: Event) {
        yield* gun.wait();
        done.set();
      }),
      /set done immediately/,
    ],
    [
      coroutine(function* (gun: Event) {
        yield* gun.wait();
      }),
      /done is not set/,
    ],
    [
      coroutine(function* (_: Event, done: Event) {
        yield* sleep(1);
        done.set();
      }),
      /before the gun was fired\. Wait for the gun first/,
    ],
    [
      coroutine(function* (gun: Event) {
        gun.wait().close();
        yield* sleep(1);
      }),
      /ended before the gun was fired/,
    ],
  ],
};
