// Lesson "Looking at things": telling functions, awaitables and plain values apart.

import { coroutine, createTask, isCoroutine, sleep } from 'cokernel';
import { shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `describe(value)` gives 'call it', 'await it' or 'use it'. */
export const checkDescribe = check(
  'You call coroutine functions, await what is awaitable, and use the rest.',
  coroutine(function* (describe: unknown) {
    if (typeof describe !== 'function') throw new Wrong(`describe should be a function. It is ${shown(describe)}.`);
    const hello = coroutine(function* hello() {
      yield* sleep(0);
      return 'hello';
    });
    const object = hello();
    const task = createTask(hello());
    const cases: readonly (readonly [what: string, value: unknown, answer: string])[] = [
      ['a coroutine function', hello, 'call it'],
      ['a coroutine object', object, 'await it'],
      ['a task', task, 'await it'],
      ['a promise', Promise.resolve(1), 'await it'],
      ['a plain function', Math.max, 'use it'],
      ['a number', 42, 'use it'],
      ['null', null, 'use it'],
    ];
    try {
      for (const [what, value, answer] of cases) {
        const given: unknown = describe(value);
        if (isCoroutine(given) || given instanceof Promise) {
          if (isCoroutine(given)) given.close();
          throw new Wrong(
            'describe should be a plain function, which answers immediately. Leave out coroutine and async.',
          );
        }
        if (given !== answer) throw new Wrong(`for ${what} it should say '${answer}'. It said ${shown(given)}.`);
      }
    } finally {
      object.close();
      yield* task;
    }
  }),
);
