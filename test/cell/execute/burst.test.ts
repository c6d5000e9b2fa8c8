// Errors that come together: the first are told, the others counted, and every one is one of the two.

import { beforeEach, expect, test } from '@jest/globals';
import { type Burst, createBurst, MOST_TOLD } from '../../../runtime/cell/execute/burst.ts';
import { createOwner } from '../../../runtime/cell/interrupt/owner.ts';

const [first, second] = [createOwner(1, 'Cell [1]'), createOwner(2, 'Cell [2]')];
let left: [string, number][];
let later: (() => void)[];
let burst: Burst;

beforeEach(() => {
  [left, later] = [[], []];
  burst = createBurst(
    ({ name }, count) => left.push([name, count]),
    (call) => later.push(call),
  );
});

const told = (count: number, owner = first) => Array.from({ length: count }, () => burst.admits(owner)).filter(Boolean);

test('so many are told, and of the others it is said how many they were, for each cell', () => {
  expect(told(MOST_TOLD + 5)).toHaveLength(MOST_TOLD);
  expect(told(2, second)).toHaveLength(0);
  burst.end();
  expect(left).toEqual([
    ['Cell [1]', 5],
    ['Cell [2]', 2],
  ]);
  expect(told(1)).toHaveLength(1);
});

test('a burst that nothing ends is over after a second, counted once', () => {
  told(MOST_TOLD + 1);
  expect(later).toHaveLength(1);
  later.pop()?.();
  expect(left).toEqual([['Cell [1]', 1]]);
  told(MOST_TOLD);
  expect([left, later]).toEqual([[['Cell [1]', 1]], [expect.any(Function)]]);
});

test('after an interrupt the others are only counted, until the burst is over', () => {
  told(1);
  burst.close();
  expect([burst.closed, told(3)]).toEqual([true, []]);
  burst.end();
  expect([burst.closed, left, told(1)]).toEqual([false, [['Cell [1]', 3]], [true]]);
});
