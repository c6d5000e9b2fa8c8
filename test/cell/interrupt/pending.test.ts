// Interrupts that come between two cells: each is for the cells in flight by then, and for no other.

import { expect, test } from '@jest/globals';
import { createInterrupts, type Executing } from '../../../runtime/cell/interrupt/interrupts.ts';
import {
  CONSUMED,
  createShared,
  EXECUTING,
  MEANT,
  RAISED,
  STOP,
} from '../../../runtime/cell/interrupt/shared-memory.ts';

/** The interrupts of a process, as the watcher raises them. */
function process() {
  const shared = createShared();
  const consumed: number[] = [];
  const interrupted: number[] = [];
  const interrupts = createInterrupts(
    shared,
    () => {},
    (number) => consumed.push(number),
  );
  const cell = (execution: number): Executing => ({
    owner: { execution, name: `Cell [${execution}]`, interrupted: false },
    interrupt: () => interrupted.push(execution) > 0,
  });
  const raise = (number: number, meant: number) => {
    Atomics.store(shared, MEANT, meant);
    Atomics.store(shared, RAISED, number);
    Atomics.store(shared, STOP, 1);
  };
  const pending = () => Atomics.load(shared, CONSUMED) < Atomics.load(shared, RAISED);
  return { shared, interrupts, cell, raise, pending, consumed, interrupted };
}

test('an interrupt that came as its cell ended is over when the next begins, which may spin and never hear of it', () => {
  const { shared, interrupts, cell, raise, pending, consumed, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  expect(pending()).toBe(true);
  interrupts.begin(cell(6));
  expect(pending()).toBe(false);
  expect([consumed, interrupted]).toEqual([[1], []]);
  expect([Atomics.load(shared, STOP), Atomics.load(shared, EXECUTING)]).toEqual([0, 6]);
});

test('an interrupt that came as its cell ended still stops the showing of its value', () => {
  const { interrupts, cell, raise, pending, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  interrupts.begin(cell(5));
  expect(pending()).toBe(true);
  expect(interrupts.idle(1)).toBe(true);
  expect(interrupted).toEqual([5]);
});

test('an interrupt that is for the next cell as well stops that one', () => {
  const { shared, interrupts, cell, raise, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 6);
  interrupts.ended();
  interrupts.begin(cell(6));
  expect(Atomics.load(shared, STOP)).toBe(1);
  expect(interrupts.idle(1)).toBe(true);
  expect(interrupted).toEqual([6]);
});

test('an interrupt that came while no cell ran is for those in flight, even before they begin', () => {
  const { interrupts, cell, raise, interrupted } = process();
  raise(1, 5);
  expect(interrupts.idle(1)).toBe(false);
  interrupts.begin(cell(5));
  expect(interrupted).toEqual([5]);
  interrupts.ended();
  interrupts.begin(cell(6));
  expect(interrupted).toEqual([5]);
});

test('an interrupt that came with no cell in flight stops no cell that is handed over later', () => {
  const { interrupts, cell, raise, pending, interrupted } = process();
  raise(1, 0);
  interrupts.begin(cell(5));
  expect(pending()).toBe(false);
  expect(interrupted).toEqual([]);
});
