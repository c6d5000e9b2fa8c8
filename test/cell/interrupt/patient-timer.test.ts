import { describe, expect, test } from '@jest/globals';
import { createPatientTimers, waitedForProcessor } from '../../../runtime/cell/interrupt/patient-timer.ts';

/** A clock that moves by hand, and a main thread that has waited for a processor as long as the test says. */
function createStage() {
  let waited = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();
  let now = 0;
  let count = 0;
  return {
    timers: createPatientTimers({
      waited: () => waited,
      setTimeout: (call, milliseconds) => {
        due.set(++count, { at: now + milliseconds, call });
        return count;
      },
      clearTimeout: (timer) => void due.delete(timer),
    }),
    pending: () => due.size,
    /** Moves the clock, while the main thread waits for a processor for a share of that time. */
    pass(milliseconds: number, share = 0) {
      for (let left = milliseconds; left > 0; left--) {
        now += 1;
        waited += share;
        for (const [timer, { at, call }] of [...due]) if (at <= now && due.delete(timer)) call();
      }
    },
  };
}

describe('a timer of the watcher', () => {
  test('fires on time where the main thread has its processor', () => {
    const stage = createStage();
    const fired: string[] = [];
    stage.timers.setTimeout(() => fired.push('fired'), 100);
    stage.pass(99);
    expect(fired).toEqual([]);
    stage.pass(1);
    expect(fired).toEqual(['fired']);
  });

  test('does not count the time in which the main thread waits for a processor', () => {
    const stage = createStage();
    const fired: string[] = [];
    stage.timers.setTimeout(() => fired.push('fired'), 100);
    stage.pass(300, 1);
    expect(fired).toEqual([]);
    stage.pass(99);
    expect(fired).toEqual([]);
    stage.pass(1);
    expect(fired).toEqual(['fired']);
  });

  test('fires at the latest a second later, even if the main thread never runs', () => {
    const stage = createStage();
    const fired: string[] = [];
    stage.timers.setTimeout(() => fired.push('fired'), 100);
    stage.pass(1_099, 1);
    expect(fired).toEqual([]);
    stage.pass(1, 1);
    expect(fired).toEqual(['fired']);
  });

  test('that is cleared while it waits longer never fires', () => {
    const stage = createStage();
    const timer = stage.timers.setTimeout(() => {
      throw new Error('it fired');
    }, 100);
    stage.pass(150, 1);
    stage.timers.clearTimeout(timer);
    stage.pass(2_000);
    expect(stage.pending()).toBe(0);
  });
});

(process.platform === 'linux' ? test : test.skip)('Linux tells how long the main thread has waited', () => {
  const before = waitedForProcessor();
  expect(before).toBeGreaterThanOrEqual(0);
  for (const end = performance.now() + 20; performance.now() < end; );
  expect(waitedForProcessor()).toBeGreaterThanOrEqual(before);
});
