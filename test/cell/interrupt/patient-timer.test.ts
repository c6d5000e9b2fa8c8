import { describe, expect, test } from '@jest/globals';
import {
  createPatientTimers,
  mainThread,
  ONE_CHANCE,
  OWN_WORK,
} from '../../../runtime/cell/interrupt/patient-timer.ts';

/** A clock that moves by hand, timers that are `late`, and a main thread that does meanwhile what the test says. */
function createStage(patience = ONE_CHANCE, late = 0) {
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();
  const fired: string[] = [];
  let now = 0;
  let count = 0;
  let thread: { ran: number; asleep: boolean } | undefined = { ran: 0, asleep: false };
  const timers = createPatientTimers(
    {
      thread: () => thread && { ...thread },
      now: () => now,
      setTimeout: (call, milliseconds) => {
        due.set(++count, { at: now + milliseconds + late, call });
        return count;
      },
      clearTimeout: (timer) => void due.delete(timer),
    },
    patience,
  );
  return {
    fired,
    start: (milliseconds: number) => timers.setTimeout(() => fired.push('fired'), milliseconds),
    clear: timers.clearTimeout,
    /** Moves the clock, while the main thread runs, sleeps, or waits for a processor. */
    pass(milliseconds: number, doing: 'running' | 'asleep' | 'starved' | 'unknown') {
      for (let left = milliseconds; left > 0; left--) {
        now += 1;
        const ran = (thread?.ran ?? 0) + (doing === 'running' ? 1 : 0);
        thread = doing === 'unknown' ? undefined : { ran, asleep: doing === 'asleep' };
        for (const [timer, { at, call }] of [...due]) if (at <= now && due.delete(timer)) call();
      }
    },
  };
}

describe('a timer of the watcher', () => {
  test.each(['running', 'unknown'] as const)('fires on time where the main thread is %s', (doing) => {
    const { fired, start, pass } = createStage();
    start(100);
    pass(99, doing);
    expect(fired).toEqual([]);
    pass(1, doing);
    expect(fired).toEqual(['fired']);
  });

  test('fires a look later where the main thread sleeps', () => {
    const { fired, start, pass } = createStage();
    start(100);
    pass(109, 'asleep');
    expect(fired).toEqual([]);
    pass(1, 'asleep');
    expect(fired).toEqual(['fired']);
  });

  test('waits for a main thread that has no processor until it has run for half of the time', () => {
    const { fired, start, pass } = createStage();
    start(100);
    pass(300, 'starved');
    pass(40, 'running');
    expect(fired).toEqual([]);
    pass(10, 'running');
    expect(fired).toEqual(['fired']);
  });

  test('of a longer time needs no more than 50 ms of the main thread', () => {
    const { fired, start, pass } = createStage();
    start(2_000);
    pass(50, 'running');
    pass(1_949, 'starved');
    expect(fired).toEqual([]);
    pass(1, 'starved');
    expect(fired).toEqual(['fired']);
  });

  test('fires a second late at most, even if the main thread never runs', () => {
    const { fired, start, pass } = createStage();
    start(100);
    pass(1_099, 'starved');
    expect(fired).toEqual([]);
    pass(1, 'starved');
    expect(fired).toEqual(['fired']);
  });

  test('fires no later than that where its own looks come late as well', () => {
    const { fired, start, pass } = createStage(ONE_CHANCE, 90);
    start(100);
    pass(1_290, 'starved');
    expect(fired).toEqual(['fired']);
  });

  test('of a limit waits until the main thread has worked for a quarter of the time, or sleeps', () => {
    const busy = createStage(OWN_WORK);
    busy.start(2_000);
    busy.pass(300, 'running');
    busy.pass(9_000, 'starved');
    busy.pass(190, 'running');
    expect(busy.fired).toEqual([]);
    busy.pass(20, 'running');
    expect(busy.fired).toEqual(['fired']);
    const blocked = createStage(OWN_WORK);
    blocked.start(2_000);
    blocked.pass(2_020, 'asleep');
    expect(blocked.fired).toEqual(['fired']);
  });

  test('that is cleared while it waits longer never fires', () => {
    const { fired, start, clear, pass } = createStage();
    const timer = start(100);
    pass(150, 'starved');
    clear(timer);
    pass(2_000, 'running');
    expect(fired).toEqual([]);
  });
});

(process.platform === 'linux' ? test : test.skip)('Linux tells what the main thread does', () => {
  const before = mainThread();
  for (const end = performance.now() + 20; performance.now() < end; );
  expect(before?.asleep).toBe(false);
  expect(mainThread()?.ran).toBeGreaterThan(before?.ran ?? Number.POSITIVE_INFINITY);
});
