// Lesson "Coming from promises": a promise whose work starts only when it is awaited.

import { awaiting, coroutine, isCoroutine } from 'cokernel';
import { call, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `lazily(start)` returns a coroutine object; only awaiting that calls `start` and gives the value of its promise. */
export const checkLazily = check(
  'Nothing begins before you await it.',
  coroutine(function* (lazily: unknown) {
    let started = 0;
    const start = () => {
      started += 1;
      return Promise.resolve('value');
    };
    const made = call('lazily', lazily, start);
    if (started > 0) {
      made.close();
      throw new Wrong('start was called before anybody awaited. Call it inside the coroutine function.');
    }
    const result = yield* made;
    if (started === 0) throw new Wrong('start was never called.');
    if (started > 1) throw new Wrong('start was called twice. Once is enough.');
    if (isCoroutine(result) || typeof result === 'function') {
      throw new Wrong('it returned something that still has to be called or awaited. Return the value: await start().');
    }
    const value = yield* awaiting(result);
    if (value !== 'value')
      throw new Wrong(`it should return what the promise gives, 'value'. It returned ${shown(value)}.`);
  }),
);
