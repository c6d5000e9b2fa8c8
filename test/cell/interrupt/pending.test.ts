// Interrupts that come between two cells: each means the cells that the kernel had handed over by then, and no other.

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
  const told: number[] = [];
  const struck: number[] = [];
  const interrupts = createInterrupts(
    shared,
    () => {},
    (number) => told.push(number),
  );
  const cell = (execution: number): Executing => ({
    owner: { execution, name: `Cell [${execution}]`, interrupted: false },
    interrupt: () => struck.push(execution) > 0,
  });
  const raise = (number: number, meant: number) => {
    Atomics.store(shared, MEANT, meant);
    Atomics.store(shared, RAISED, number);
    Atomics.store(shared, STOP, 1);
  };
  const pending = () => Atomics.load(shared, CONSUMED) < Atomics.load(shared, RAISED);
  return { shared, interrupts, cell, raise, pending, told, struck };
}

test('one that came as its cell ended is over when the next begins, which may spin and never hear of it', () => {
  const { shared, interrupts, cell, raise, pending, told, struck } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  expect(pending()).toBe(true);
  interrupts.begin(cell(6));
  expect(pending()).toBe(false);
  expect([told, struck]).toEqual([[1], []]);
  expect([Atomics.load(shared, STOP), Atomics.load(shared, EXECUTING)]).toEqual([0, 6]);
});

test('one that came as its cell ended is still heard where the value of that cell is shown', () => {
  const { interrupts, cell, raise, pending, struck } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  interrupts.begin(cell(5));
  expect(pending()).toBe(true);
  expect(interrupts.idle(1)).toBe(true);
  expect(struck).toEqual([5]);
});

test('one that means the next cell as well is for that one', () => {
  const { shared, interrupts, cell, raise, struck } = process();
  interrupts.begin(cell(5));
  raise(1, 6);
  interrupts.ended();
  interrupts.begin(cell(6));
  expect(Atomics.load(shared, STOP)).toBe(1);
  expect(interrupts.idle(1)).toBe(true);
  expect(struck).toEqual([6]);
});

test('one that came where none ran means those that were handed over, also before they begin', () => {
  const { interrupts, cell, raise, struck } = process();
  raise(1, 5);
  expect(interrupts.idle(1)).toBe(false);
  interrupts.begin(cell(5));
  expect(struck).toEqual([5]);
  interrupts.ended();
  interrupts.begin(cell(6));
  expect(struck).toEqual([5]);
});

test('one that came where none ran and none was handed over strikes no cell that is handed over later', () => {
  const { interrupts, cell, raise, pending, struck } = process();
  raise(1, 0);
  interrupts.begin(cell(5));
  expect(pending()).toBe(false);
  expect(struck).toEqual([]);
});
