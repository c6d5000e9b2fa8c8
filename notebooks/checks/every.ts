// Lesson "Virtual time": an hour in no time.

import { coroutine } from 'cokernel';
import { call, now } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `every(seconds, times, action)` calls the action `times` times and sleeps so many seconds before each call. */
export const checkEvery = check(
  'Three hours were tested, and you did not have to wait.',
  coroutine(function* (every: unknown) {
    const calls: number[] = [];
    const began = now();
    const hours = () => Math.round(((now() - began) / 3600) * 100) / 100;
    yield* call('every', every, 3600, 3, () => calls.push(hours()));
    if (calls.length !== 3) {
      throw new Wrong(`the action should be called three times. It was called ${count(calls.length)}.`);
    }
    if (calls.join() === '0,1,2')
      throw new Wrong('the first call came immediately. Sleep before each call, not after it.');
    if (calls.join() !== '1,2,3') {
      throw new Wrong(
        `the calls should come after 1, 2 and 3 hours. They came after ${calls.join(', ')}.${hours() === 0 ? ' Is each sleep awaited?' : ''}`,
      );
    }
    if (hours() > 3) throw new Wrong('after the last call it slept once more.');
  }),
  { clock: 'virtual', patience: 24 * 3600 },
);

function count(times: number): string {
  return times === 0 ? 'never' : times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
}
