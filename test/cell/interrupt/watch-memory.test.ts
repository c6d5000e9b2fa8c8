// When the watcher looks at the memory: while the process works, and as soon as it works again. A process that it ends is
// in endings.test.ts.

import { stat } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ToWatcher } from '../../../runtime/cell/interrupt/shared-memory.ts';
import { agreeToRests, LOOK_MS, REST_MS, watchMemory } from '../../../runtime/cell/interrupt/watch-memory.ts';

/** A clock that moves by hand, a process that works as the test says, and a main thread that agrees to rests, or not. */
function createStage({ agrees = true } = {}) {
  let now = 0;
  let worked = 0;
  let looks = 0;
  let count = 0;
  let rest = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();
  const watch = watchMemory({
    look: () => {
      looks += 1;
    },
    worked: () => worked,
    ask(asked) {
      rest = asked;
      if (agrees) watch.rests(asked);
    },
    setTimeout(call, milliseconds) {
      due.set(++count, { at: now + milliseconds, call });
      return count;
    },
    clearTimeout: (timer) => void due.delete(timer),
  });
  return {
    /** Moves the clock, while the process has this share of a processor; how often memory was looked at meanwhile. */
    pass(milliseconds: number, share: number): number {
      const before = looks;
      for (let left = milliseconds; left > 0; left--) {
        now += 1;
        worked += share;
        for (const [timer, { at, call }] of [...due]) if (at <= now && due.delete(timer)) call();
      }
      return looks - before;
    },
    /** What the main thread says when it does something. */
    work: (about = rest) => watch.works(about),
    watch,
    rest: () => rest,
  };
}

const SECOND = 1000;

describe('the memory is looked at', () => {
  test('all the time while the process works', () => {
    expect(createStage().pass(60 * SECOND, 1)).toBe((60 * SECOND) / LOOK_MS);
  });

  test('for a second without work, and then hardly ever', () => {
    const { pass } = createStage();
    expect(pass(SECOND, 0)).toBe(5);
    expect(pass(60 * SECOND, 0.001)).toBe((60 * SECOND) / REST_MS);
  });

  test('again as soon as the main thread works, for a second at least', () => {
    const { pass, work } = createStage();
    pass(25 * SECOND, 0);
    work();
    expect(pass(SECOND, 0)).toBe(5);
    expect(pass(REST_MS - 1, 0)).toBe(0);
  });

  test('again where something else than the main thread works', () => {
    const { pass } = createStage();
    pass(25 * SECOND, 0);
    expect(pass(REST_MS, 1)).toBeGreaterThan(0);
    expect(pass(SECOND, 1)).toBe(5);
  });

  test('all the time while the main thread agrees to no rest, as one that is blocked', () => {
    expect(createStage({ agrees: false }).pass(60 * SECOND, 0)).toBe((60 * SECOND) / LOOK_MS);
  });

  test('all the time where the main thread agrees too late: it worked meanwhile', () => {
    const { pass, watch, rest } = createStage({ agrees: false });
    pass(SECOND, 0);
    const asked = rest();
    pass(SECOND, 1);
    watch.rests(asked);
    expect(pass(SECOND, 1)).toBe(5);
  });

  test('as before where the main thread tells of a rest that was over', () => {
    const { pass, work, rest } = createStage();
    pass(SECOND, 0);
    const first = rest();
    work();
    pass(2 * SECOND, 0);
    expect(rest()).toBeGreaterThan(first);
    work(first);
    expect(pass(REST_MS - SECOND - 1, 0)).toBe(0);
  });
});

test('the main thread tells that it works before what Node calls has begun, once for each rest', async () => {
  const told: ToWatcher[] = [];
  const rest = agreeToRests((message) => told.push(message));
  const callback = () => new Promise<number>((resolve) => stat('.', () => resolve(told.length)));
  rest(1);
  expect(await callback()).toBe(2);
  expect(await callback()).toBe(2);
  rest(2);
  expect(await callback()).toBe(4);
  const both = (number: number) => ['rests', 'works'].map((type) => ({ type, rest: number }));
  expect(told).toEqual([...both(1), ...both(2)]);
});
