// Interrupts that come between two cells: each is for the cells in flight by then, and for no other.

import { expect, test } from '@jest/globals';
import { createInterrupts, type Executing, KeyboardInterrupt } from '../../../runtime/cell/interrupt/interrupts.ts';
import { createOwner } from '../../../runtime/cell/interrupt/owner.ts';
import { createWords, EXECUTING, isDue, isPending, LEVEL } from '../../../runtime/cell/interrupt/states.ts';

/** The interrupts of a process, as the watcher raises them. */
function process() {
  const words = createWords();
  const consumed: (readonly [number: number, execution: number])[] = [];
  const interrupted: number[] = [];
  const killed: number[] = [];
  const told: number[] = [];
  let now = 0;
  const interrupts = createInterrupts(words, {
    show: () => {},
    asKernel: (call) => call(),
    consumed: (number, execution) => consumed.push([number, execution]),
    ended: (execution) => told.push(execution),
    now: () => now,
  });
  const cell = (execution: number): Executing => ({
    owner: createOwner(execution, `Cell [${execution}]`),
    isRunning: () => false,
    isHeldUp: () => false,
    interrupt: () => void interrupted.push(execution),
    kill: () => void killed.push(execution),
  });
  const raise = (number: number, meant: number) => interrupts.hear(number, meant);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const pending = () => isPending(words);
  return { words, interrupts, cell, raise, pass, pending, consumed, interrupted, killed, told };
}

test('an interrupt that came as its cell ended is over when that is answered, before the next begins', () => {
  const { words, interrupts, cell, raise, pending, consumed, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  expect(pending()).toBe(true);
  interrupts.passed(5);
  expect(pending()).toBe(false);
  interrupts.begin(cell(6));
  expect([consumed, interrupted]).toEqual([[[1, 0]], []]);
  expect([words.get(LEVEL), words.get(EXECUTING)]).toEqual([0, 6]);
});

test('an interrupt that came as its cell ended still stops the showing of its value', () => {
  const { interrupts, cell, raise, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.ended();
  interrupts.begin(cell(5));
  expect(interrupts.interrupted()).toBe(true);
  expect(interrupted).toEqual([5]);
});

test('an interrupt that is for the next cell as well stops that one', () => {
  const { words, interrupts, cell, raise, interrupted } = process();
  interrupts.begin(cell(5));
  raise(1, 6);
  interrupts.ended();
  interrupts.passed(5);
  interrupts.idle();
  expect([words.get(LEVEL), interrupted]).toEqual([1, []]);
  interrupts.begin(cell(6));
  expect(interrupted).toEqual([6]);
});

test('an interrupt that came while no cell ran is for those in flight, even before they begin', () => {
  const { interrupts, cell, raise, interrupted } = process();
  raise(1, 5);
  interrupts.idle();
  interrupts.begin(cell(5));
  expect(interrupted).toEqual([5]);
  interrupts.ended();
  interrupts.passed(5);
  interrupts.begin(cell(6));
  expect(interrupted).toEqual([5]);
});

test('an interrupted cell whose body has ended has time for its clean-up until it is answered', () => {
  const { words, interrupts, cell, raise, told } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.idle();
  interrupts.ended();
  expect([isDue(words, 1), told]).toEqual([false, []]);
  interrupts.force(5);
  expect([isDue(words, 1), words.get(LEVEL), told]).toEqual([true, 2, []]);
  interrupts.passed(5);
  expect([isDue(words, 1), words.get(LEVEL), told]).toEqual([false, 0, [5]]);
});

test('what a cell shows after its interrupt is not interrupted, and a second interrupt ends it', () => {
  const { interrupts, cell, raise, interrupted, killed } = process();
  interrupts.begin(cell(5));
  raise(1, 5);
  interrupts.idle();
  interrupts.ended();
  interrupts.begin(cell(5));
  expect([interrupts.interrupted(), interrupted, killed]).toEqual([false, [5], []]);
  raise(2, 5);
  interrupts.idle();
  expect([interrupts.interrupted(), interrupted]).toEqual([true, [5]]);
  expect(killed).toContain(5);
});

test('an interrupt that came with no cell in flight stops no cell that is put in flight later', () => {
  const { interrupts, cell, raise, pending, interrupted } = process();
  raise(1, 0);
  interrupts.begin(cell(5));
  expect(pending()).toBe(false);
  expect(interrupted).toEqual([]);
});

test.each<[what: string, stop: (interrupts: ReturnType<typeof process>['interrupts']) => void]>([
  ['afterTermination', (interrupts) => interrupts.afterTermination(undefined, new KeyboardInterrupt())],
  ['checked', (interrupts) => void expect(() => interrupts.checkInterrupt()).toThrow(KeyboardInterrupt)],
])(
  'an interrupt that finds a callback of an earlier cell in the way of the one it is for stops both: %s',
  (_, stop) => {
    const { interrupts, cell, raise, pass, pending, interrupted } = process();
    interrupts.begin(cell(4));
    interrupts.ended();
    interrupts.passed(4);
    raise(1, 5);
    // Long enough for code that is perhaps not meant.
    pass(1000);
    stop(interrupts);
    expect(pending()).toBe(true);
    interrupts.begin(cell(5));
    expect([pending(), interrupted]).toEqual([false, [5]]);
  },
);
