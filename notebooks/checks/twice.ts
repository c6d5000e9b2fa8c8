// Lesson "Five errors, and what they mean": two results need two coroutine objects.

import { coroutine, sleep } from 'cokernel';
import { call, mustBeResults, same, shown } from './answer.ts';
import { check, Wrong } from './verdict.ts';

/** `twice(ask)` calls `ask` twice, awaits both objects, and returns both results. */
export const checkTwice = check(
  'Two awaits, two objects.',
  coroutine(function* (twice: unknown) {
    let calls = 0;
    const ask = coroutine(function* ask() {
      calls += 1;
      const mine = calls;
      yield* sleep(0.01);
      return `answer ${mine}`;
    });
    const result = yield* call('twice', twice, ask);
    if (calls === 1) throw new Wrong('both answers come from one run of ask. Call ask() once for each answer.');
    mustBeResults(result);
    if (!same(result, ['answer 1', 'answer 2'])) {
      throw new Wrong(`it should return [ 'answer 1', 'answer 2' ]. It returned ${shown(result)}.`);
    }
  }),
);
