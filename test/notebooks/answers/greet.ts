// Lesson "Coroutine functions and coroutine objects": answers to its exercise, and what the check must say of the wrong ones.

import { coroutine, createTask, gather, sleep, TimeoutError } from '../../../runtime/asyncio/index.ts';
import type { Answers } from './answers.ts';

export const checkGreet: Answers = {
  right: [
    coroutine(function* (name: string) {
      yield* sleep(0.1);
      return `Hello, ${name}`;
    }),
  ],
  wrong: [
    [
      coroutine(function* (name: string) {
        yield* sleep(0);
        return `Hello, ${name}`;
      }),
      /came immediately/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0.1);
        return 'Hello, Ada';
      }),
      /'Hello, Lin'\. It returned 'Hello, Ada'/,
    ],
    [(name: string) => `Hello, ${name}`, /immediately\. Make it with coroutine/],
    [async (name: string) => `Hello, ${name}`, /returned a promise, so it is running already/],
    [() => sleep(0.1), /It returned undefined/],
    [42, /should be a function\. It is 42/],
    [() => sleep(3600), /after 5 seconds it is still not done/],
    [
      coroutine(function* () {
        yield* sleep(0);
        throw new TypeError('oh');
      }),
      /it threw TypeError: oh/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        throw 'a text';
      }),
      /it threw a text/,
    ],
    [
      coroutine(function* () {
        yield* sleep(0);
        throw new TimeoutError('mine');
      }),
      /it threw TimeoutError: mine/,
    ],
    [() => sleep(1, 'Hello, Ada'), /Hello, Lin/],
    [(name: string) => sleep(1, `Hello, ${name}`), /it came late/],
    [() => coroutine(function* () {}), /not yet an object/],
    [(name: string) => createTask(sleep(0.1, `Hello, ${name}`)), /a task begins by itself/],
    [
      coroutine(function* () {
        yield* sleep(0);
        throw Object.create(null);
      }),
      /it threw \[Object: null prototype\]/,
    ],
    [
      coroutine(function* () {
        return yield* gather(sleep as never);
      }),
      /Did you forget to call a function/,
    ],
  ],
};
