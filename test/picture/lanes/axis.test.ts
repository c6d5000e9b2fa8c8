// Times in words, and the ticks of the axis: at steps in which people count, with labels that do not touch.

import { expect, test } from '@jest/globals';
import { textWidth } from '../../../runtime/picture/draw/svg-text.ts';
import { axisOf, formatSeconds, TICK_FONT } from '../../../runtime/picture/lanes/axis.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { recordingOf } from '../recorded.ts';

test.each([
  [0, '0 s'],
  [0.00025, '250 µs'],
  [0.0015, '1.5 ms'],
  [0.5, '0.5 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min'],
  [90, '1 min 30 s'],
  [3599.7, '1 h'],
  [5000, '1 h 23 min 20 s'],
  [28_800, '8 h'],
  [86_399.9, '1 d'],
  [183_700, '2 d 3 h'],
])('%d seconds are %j', (seconds, words) => {
  expect(formatSeconds(seconds)).toBe(words);
});

const place = { coroutine: 1, name: 'f' };
/** The records of a task that waits for some seconds, with a step before and after. */
const waiting = (seconds: number, from = 0) =>
  [
    { type: 'created', task: 1 + from, time: from, iteration: 1, name: 'f', parent: null, owner: null, place },
    { type: 'running', task: 1 + from, time: from, iteration: 1 },
    { type: 'suspended', task: 1 + from, time: from, iteration: 1, on: 'x', waitsFor: null, place },
    { type: 'running', task: 1 + from, time: from + seconds, iteration: 2 },
    { type: 'done', task: 1 + from, time: from + seconds, iteration: 2, outcome: 'result' },
  ] as const;
const labels = (seconds: number, width = 560): string[] =>
  axisOf(modelOf(recordingOf(waiting(seconds))), width).ticks.map(({ label }) => label);

test('ticks stand at the steps that a clock shows', () => {
  expect(labels(0.11)).toEqual(['0', '20 ms', '40 ms', '60 ms', '80 ms', '100 ms']);
  expect(labels(0.9)).toEqual(['0', '0.2 s', '0.4 s', '0.6 s', '0.8 s']);
  expect(labels(28_800)).toEqual(['0', '2 h', '4 h', '6 h', '8 h']);
  expect(labels(5000)).toEqual(['0', '15 min', '30 min', '45 min', '1 h', '1 h 15 min']);
  expect(labels(100)).toEqual(['0', '15 s', '30 s', '45 s', '1 min', '1 min 15 s', '1 min 30 s']);
  expect(labels(200_000)).toEqual(['0', '12 h', '1 d', '1 d 12 h', '2 d']);
  expect(labels(3_000_000)).toEqual(['0', '5 d', '10 d', '15 d', '20 d', '25 d', '30 d']);
});

test.each([200, 280, 700, 1800])('at %i units no label touches another or leaves the picture', (width) => {
  for (const seconds of [3e-6, 0.0123, 0.7, 9, 59, 61, 3599, 5000, 80_000, 1e7]) {
    const { ticks } = axisOf(modelOf(recordingOf(waiting(seconds))), width);
    expect(ticks.length).toBeGreaterThan(1);
    for (const [at, { x, label }] of ticks.entries()) {
      const half = textWidth(label, TICK_FONT) / 2;
      const before = ticks[at - 1];
      if (before !== undefined)
        expect(x - half - before.x - textWidth(before.label, TICK_FONT) / 2).toBeGreaterThan(10);
      expect(x + half).toBeLessThanOrEqual(width + 20);
    }
  }
});

test('after an idle hour the ticks show all digits of the time, and no two show the same', () => {
  const records = [...waiting(0.3), ...waiting(0.3, 4000)];
  const { ticks } = axisOf(modelOf(recordingOf(records)), 1200);
  const after = ticks.map(({ label }) => label).filter((label) => label.includes('h'));
  expect(after.length).toBeGreaterThan(1);
  expect(new Set(after).size).toBe(after.length);
  expect(after.every((label) => /^1 h 6 min 40(\.\d+)? s$/.test(label))).toBe(true);
});
