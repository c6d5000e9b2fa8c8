// Every order in which the watcher's side and the main thread can act, in a model around their real code: no interrupt is
// lost, none is consumed twice, none reaches a later cell, the kernel's own code is never ended, and every wait ends.

// biome-ignore-all lint/correctness/useYield: a program that waits for nothing is one too

import { expect, test } from '@jest/globals';
import { KeyboardInterrupt } from '../../../runtime/cell/interrupt/interrupts.ts';
import { CLEANUP_MS } from '../../../runtime/cell/interrupt/states.ts';
import { type Outcome, type Program, play, type Scenario } from './model.ts';

/** So many things of the watcher's side are placed freely: the first press, and the intrusions and timers after it. */
const PLACED = 3;
/** At most so many points apart, and up to this one: what is later in a long program is like what came before. */
const APART = process.env.COKERNEL_LONG ? [60, 20] : [10, 1];
const POINTS = 140;

/** Three turns, and the end. */
const short: Program = function* (code) {
  for (let done = 0; done < 3; done++) code.iterate();
  code.note('short ended');
};

const PROGRAMS: Readonly<Record<string, Program>> = {
  *'a loop'(code) {
    for (;;) code.iterate();
  },
  *'a loop without checks'(code) {
    for (;;) code.spin();
  },
  *'an await'() {
    yield 'await';
  },
  *'a loop that swallows the error'(code) {
    for (;;) {
      try {
        for (;;) code.iterate();
      } catch (error) {
        if (!(error instanceof KeyboardInterrupt)) throw error;
      }
    }
  },
  *'awaits that swallow the error'() {
    for (;;) {
      try {
        yield 'await';
      } catch (error) {
        if (!(error instanceof KeyboardInterrupt)) throw error;
      }
    }
  },
  *'a loop, then clean-up that calls a loop and waits for nothing'(code) {
    code.note('began');
    try {
      for (;;) code.iterate();
    } catch (error) {
      if (!(error instanceof KeyboardInterrupt)) throw error;
      // Loops in a function that a `finally` block calls have the same check as all others.
      for (let done = 0; done < 5; done++) code.work();
      code.note('tidied');
      throw error;
    }
  },
  *'an await, then clean-up that never ends'(code) {
    try {
      yield 'await';
    } catch (error) {
      if (!(error instanceof KeyboardInterrupt)) throw error;
      code.note('began');
      for (;;) code.iterate(true);
    }
  },
  *'an await, then clean-up without checks that never ends'(code) {
    try {
      yield 'await';
    } catch (error) {
      if (!(error instanceof KeyboardInterrupt)) throw error;
      for (;;) code.spin();
    }
  },
  *'a microtask that never ends'(code) {
    code.microtask(() => {
      for (;;) code.spin();
    });
    yield 'await';
  },
  *'a callback of Node that never ends'(code) {
    code.outside(() => {
      for (;;) code.spin();
    });
    yield 'await';
  },
};

const NEVER_ENDING = new Set(Object.keys(PROGRAMS));

/** Plays the scenario with everything placed at every point, and returns each outcome with its places. */
function* everyOrder(scenario: Scenario): Generator<readonly [Outcome, readonly number[]]> {
  const last = Math.min(POINTS, play(scenario, []).points);
  const order = function* (places: readonly number[]): Generator<readonly [Outcome, readonly number[]]> {
    yield [play(scenario, places), places];
    if (places.length === PLACED) return;
    const from = places.at(-1);
    const until = from === undefined ? last : Math.min(last, from + (APART[places.length - 1] ?? 0));
    for (let at = from ?? 1; at <= until; at++) yield* order([...places, at]);
  };
  yield* order([]);
}

/** What must hold in every order. */
function faultOf(outcome: Outcome, { cells, presses }: Scenario): string | undefined {
  if (outcome.stuck !== undefined) return outcome.stuck;
  if (outcome.ownEnded) return "the kernel's own code was ended";
  if (outcome.cells.length !== cells.length) return 'a cell has no answer';
  const numbers = outcome.consumed.map(([number]) => number);
  if (new Set(numbers).size !== numbers.length) return 'an interrupt was consumed twice';
  if (Math.max(0, ...numbers) !== presses.length) return 'an interrupt was lost';
  const meant = Math.max(...presses.map(({ execution }) => execution));
  if (outcome.cells.some((ending, at) => at + 1 > meant && ending !== 'ok')) return 'a later cell was interrupted';
  return undefined;
}

function check(scenario: Scenario, further: (outcome: Outcome) => string | undefined = () => undefined): number {
  let orders = 0;
  for (const [outcome, places] of everyOrder(scenario)) {
    orders += 1;
    const fault = faultOf(outcome, scenario) ?? further(outcome);
    if (fault !== undefined) expect({ fault, places, outcome }).toBeUndefined();
  }
  return orders;
}

test.each(Object.entries(PROGRAMS))(
  '%s is stopped by one interrupt, and the next cell runs, in every order',
  (name, program) => {
    const orders = check({ cells: [program, short], presses: [{ execution: 1 }] }, ({ cells, notes, time }) => {
      if (NEVER_ENDING.has(name) && cells[0] === 'ok') return 'it ended by itself';
      if (!notes.includes('short ended')) return 'the next cell did not run';
      return time > 3_000 ? 'it took too long' : undefined;
    });
    expect(orders).toBeGreaterThan(500);
  },
);

test('clean-up has its time: a loop that it calls is not interrupted again, in every order', () => {
  const cells = [PROGRAMS['a loop, then clean-up that calls a loop and waits for nothing'] as Program, short];
  let tidied = 0;
  check({ cells, presses: [{ execution: 1 }] }, ({ cells: [first], notes, time }) => {
    if (notes.includes('tidied')) tidied += 1;
    // Where the flag was not shown within 100 ms, it was terminated. And orders are played in which its time is over.
    else if (first !== 'terminated' && notes.includes('began') && time < CLEANUP_MS) return 'it was not tidied up';
    return undefined;
  });
  expect(tidied).toBeGreaterThan(500);
});

test('a second interrupt ends the clean-up at once, in every order', () => {
  const cells = [PROGRAMS['an await, then clean-up that never ends'] as Program, short];
  check({ cells, presses: [{ execution: 1 }, { execution: 1, after: 600 }] }, ({ cells: [first], time }) =>
    first === 'ok' ? 'it ended by itself' : time > 1_200 ? 'it took too long' : undefined,
  );
});

test('an interrupt that comes as a cell ends by itself stops that one or none, in every order', () => {
  check({ cells: [short, short, short], presses: [{ execution: 1 }] });
});

test('an interrupt for all cells in flight stops at most one of them, in every order', () => {
  check({ cells: [short, short, short], presses: [{ execution: 3 }] }, ({ cells }) =>
    cells.filter((ending) => ending !== 'ok').length > 1 ? 'two cells were stopped' : undefined,
  );
});
