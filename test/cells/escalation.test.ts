// What the kernel process does about an interrupt, and when, on a clock that the test turns.

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createEscalation } from '../../kernel/process/escalation.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** With those cells in flight. */
function escalationOf(...cells: readonly number[]) {
  const log: string[] = [];
  const inFlight = new Set(cells);
  const escalation = createEscalation({
    send: ({ number, execution }) => log.push(`send ${number} for ${execution}`),
    signal: () => log.push('signal'),
    restart: () => log.push('restart'),
    unended: (execution) => [...inFlight].some((one) => one <= execution),
  });
  return { log, inFlight, escalation };
}

test('an interrupt that nothing consumes is followed by a signal and a restart', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(5);
  jest.advanceTimersByTime(2_399);
  expect(log).toEqual(['send 1 for 5', 'signal']);
  jest.advanceTimersByTime(1);
  expect(log.at(-1)).toBe('restart');
  expect(escalation.restarting()).toBe(true);
});

test('a cell that consumed the interrupt and does not end is restarted all the same, after its clean-up', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(5);
  escalation.consumed({ number: 1, execution: 5 });
  jest.advanceTimersByTime(3_499);
  expect(log).toEqual(['send 1 for 5']);
  jest.advanceTimersByTime(1);
  expect(log.at(-1)).toBe('restart');
});

test('the end of the cell that was interrupted is the end of it, though others behind it were meant too', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(7);
  escalation.consumed({ number: 1, execution: 5 });
  escalation.cellEnded(4);
  escalation.cellEnded(5);
  jest.advanceTimersByTime(10_000);
  expect(log).toEqual(['send 1 for 7']);
});

test('the end of a cell before the one that is meant changes nothing', () => {
  const { log, inFlight, escalation } = escalationOf(6, 7);
  escalation.interrupt(7);
  inFlight.delete(6);
  escalation.cellEnded(6);
  jest.advanceTimersByTime(2_400);
  expect(log).toEqual(['send 1 for 7', 'signal', 'restart']);
});

test('a cell whose end never arrives is restarted, though the cell process says that none runs', () => {
  const { log, escalation } = escalationOf(7);
  escalation.interrupt(7);
  escalation.consumed({ number: 1, execution: 0 });
  jest.advanceTimersByTime(2_400);
  expect(log).toEqual(['send 1 for 7', 'restart']);
});

test('cells that were given back, since one before them failed, restart nothing', () => {
  const { log, inFlight, escalation } = escalationOf(5, 6, 7);
  escalation.interrupt(7);
  escalation.consumed({ number: 1, execution: 0 });
  inFlight.clear();
  escalation.cellEnded(5);
  jest.advanceTimersByTime(10_000);
  expect(log).toEqual(['send 1 for 7']);
});

test('a second press within half a second is the same one, later it is another, and leaves less time', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(5);
  escalation.consumed({ number: 1, execution: 5 });
  jest.advanceTimersByTime(499);
  escalation.interrupt(5);
  expect(log).toEqual(['send 1 for 5']);
  jest.advanceTimersByTime(1);
  escalation.interrupt(5);
  expect(log).toEqual(['send 1 for 5', 'send 2 for 5']);
  escalation.consumed({ number: 2, execution: 5 });
  jest.advanceTimersByTime(1_500);
  expect(log.at(-1)).toBe('restart');
});

test('a press for a cell that came since is no second press', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(5);
  escalation.consumed({ number: 1, execution: 5 });
  escalation.cellEnded(5);
  escalation.interrupt(6);
  expect(log).toEqual(['send 1 for 5', 'send 2 for 6']);
});

test('news of an older interrupt does not end what is done about a newer one', () => {
  const { log, escalation } = escalationOf();
  escalation.interrupt(5);
  jest.advanceTimersByTime(600);
  escalation.interrupt(6);
  escalation.consumed({ number: 1, execution: 0 });
  jest.advanceTimersByTime(3_000);
  expect(log.at(-1)).toBe('restart');
});

/** Every order of two sequences that keeps the order of each. */
function* orders<T>(first: readonly T[], second: readonly T[]): Generator<T[]> {
  if (first.length === 0 || second.length === 0) yield [...first, ...second];
  else {
    for (const rest of orders(first.slice(1), second)) yield [first[0] as T, ...rest];
    for (const rest of orders(first, second.slice(1))) yield [second[0] as T, ...rest];
  }
}

type Step = (escalation: ReturnType<typeof createEscalation>, inFlight: Set<number>) => void;
const began =
  (execution: number): Step =>
  (escalation) =>
    escalation.cellBegan(execution);
const ended =
  (execution: number): Step =>
  (escalation, inFlight) => {
    inFlight.delete(execution);
    escalation.cellEnded(execution);
  };
const consumed =
  (number: number, execution: number): Step =>
  (escalation) =>
    escalation.consumed({ number, execution });

test.each<readonly [string, number, readonly Step[], readonly Step[]]>([
  ['the cell that ran', 5, [began(5), ended(5)], [consumed(1, 5)]],
  ['the cell that ran, and one behind it comes back', 6, [began(5), ended(5), ended(6)], [consumed(1, 5)]],
  ['the cell that ran, and a long one follows', 5, [began(5), ended(5), began(6)], [consumed(1, 5)]],
  ['no cell, for it had ended', 5, [began(5), ended(5)], [consumed(1, 0)]],
])(
  'in whatever order the two pipes tell of it, an interrupt consumed by %s restarts nothing',
  (_, meant, cells, control) => {
    for (const order of orders(cells, control)) {
      const { log, inFlight, escalation } = escalationOf(5, 6);
      escalation.interrupt(meant);
      for (const step of order) step(escalation, inFlight);
      jest.advanceTimersByTime(10_000);
      expect(log).not.toContain('restart');
    }
  },
);
