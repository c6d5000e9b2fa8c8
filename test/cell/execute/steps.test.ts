// How the kernel's own code waits in the cell process, and the queue that is built on it: each cell is answered once.

import { expect, test } from '@jest/globals';
import { type CellSteps, runSteps, waitFor } from '../../../runtime/cell/execute/cell-steps.ts';
import { createInFlightQueue } from '../../../runtime/cell/execute/in-flight-queue.ts';
import type { CellOutcome, ExecuteCell } from '../../../runtime/events.ts';

test('steps go on as soon as what they wait for calls back, without promises', () => {
  const resumes: ((value: number) => void)[] = [];
  const log: unknown[] = [];
  function* steps(): CellSteps<string> {
    log.push(yield* waitFor<number>((resume) => resume(1)));
    log.push(yield* waitFor<number>((resume) => void resumes.push(resume)));
    return 'end';
  }
  runSteps(steps(), (value) => log.push(value), log.push);
  expect(log).toEqual([1]);
  resumes[0]?.(2);
  resumes[0]?.(3);
  expect(log).toEqual([1, 2, 'end']);
});

test('a hundred thousand waits that are answered at once take no stack', () => {
  let sum = 0;
  function* steps(): CellSteps<void> {
    for (let i = 0; i < 100_000; i++) sum += yield* waitFor<number>((resume) => resume(1));
  }
  runSteps(
    steps(),
    () => {},
    () => {},
  );
  expect(sum).toBe(100_000);
});

test('an error of the steps, or of what they wait for, is told once', () => {
  const failed: unknown[] = [];
  function* throwing(): CellSteps<void> {
    yield* waitFor(() => {
      throw new Error('in the wait');
    });
  }
  runSteps(throwing(), failed.push, (error) => failed.push(error));
  expect(failed).toEqual([new Error('in the wait')]);
});

const cell = (execution: number, after = 0): ExecuteCell =>
  ({ type: 'execute', execution, after, stopOnError: true }) as ExecuteCell;

/** A queue whose cells end when the test says so. */
function queueOf() {
  const log: string[] = [];
  const ends = new Map<number, (status: CellOutcome['status']) => void>();
  const queue = createInFlightQueue(
    ({ execution }, done) => {
      log.push(`begin ${execution}`);
      ends.set(execution, done);
    },
    ({ execution }) => log.push(`back ${execution}`),
  );
  return { queue, log, end: (execution: number, status: CellOutcome['status']) => ends.get(execution)?.(status) };
}

test('cells run one after the other, and those behind one that failed are given back', () => {
  const { queue, log, end } = queueOf();
  for (const each of [cell(1), cell(2, 1), cell(3, 2), cell(4, 3)]) queue.add(each);
  expect(log).toEqual(['begin 1']);
  end(1, 'ok');
  end(2, 'error');
  expect(log).toEqual(['begin 1', 'begin 2', 'back 3', 'back 4']);
  queue.add(cell(5));
  expect(log.at(-1)).toBe('begin 5');
});

test('ten thousand cells that end at once take no stack, and each runs once', () => {
  const ran: number[] = [];
  const waiting: (() => void)[] = [];
  const queue = createInFlightQueue(
    ({ execution }, done) => {
      ran.push(execution);
      if (execution === 1) waiting.push(() => done('ok'));
      else done('ok');
    },
    () => {},
  );
  for (let execution = 1; execution <= 10_000; execution++) queue.add(cell(execution, execution - 1));
  expect(ran).toEqual([1]);
  waiting[0]?.();
  expect(ran).toHaveLength(10_000);
});
