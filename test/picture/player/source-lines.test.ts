// The source at a moment: which lines are lit, and the way of a cancellation from the call through catch and finally.

import { expect, test } from '@jest/globals';
import type { TraceRecord } from '../../../runtime/asyncio/index.ts';
import { textOf } from '../../../runtime/picture/lanes/lanes-text.ts';
import { namesOf } from '../../../runtime/picture/lanes/words.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import type { Model } from '../../../runtime/picture/model/model.ts';
import { tries, tryBlocks } from '../../../runtime/picture/model/try-blocks.ts';
import { arrowsOf, GUTTER } from '../../../runtime/picture/player/arrows.ts';
import { litLines, type Sources, sourceHtml, waysAt } from '../../../runtime/picture/player/source-lines.ts';
import { recordingOf } from '../recorded.ts';

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const hand = [
  'const hand = async () => {', // 1
  '  try {',
  '    try { const f = async () => {', // 3
  '      await sleep(60);',
  '    }; } finally {}',
  '    await sleep(60);', // 6
  '  } catch (error) {',
  "    console.log('<b>');", // 8
  '    throw error;',
  '  } finally {', // 10
  '    await sleep(0.1);',
  '  }',
  '};',
].join('\n');
const boss = ['await sleep(1);', 'stop(task);', 'await task;'].join('\n');
const sources: Sources = { 'Cell [1]': hand, 'Cell [2]': boss };

const at = (time: number, task: number) => ({ time, task, iteration: time }) as const;
const inHand = (line: number) => ({ coroutine: 2, name: 'hand', file: 'Cell [1]', line });
const inBoss = (line: number) => ({ coroutine: 1, name: 'boss', file: 'Cell [2]', line });
const begun: TraceRecord[] = [
  { type: 'created', ...at(0, 1), name: 'boss', parent: null, owner: null, place: inBoss(1) },
  { type: 'created', ...at(0, 2), name: 'hand <b>', parent: 1, owner: null, place: inHand(1) },
  { type: 'running', ...at(1, 2) },
  { type: 'suspended', ...at(1, 2), on: 'sleep(60)', waitsFor: null, place: inHand(6) },
  { type: 'running', ...at(2, 1) },
  { type: 'suspended', ...at(2, 1), on: 'sleep(1)', waitsFor: null, place: inBoss(1) },
  { type: 'running', ...at(3, 1) },
];
const call: TraceRecord = {
  ...{ type: 'cancelled', ...at(3, 2), by: { kind: 'task', task: 1 }, message: 'enough', place: inBoss(2) },
};
const asked: TraceRecord[] = [
  { type: 'scheduled', ...at(3, 2), by: { kind: 'task', task: 1 } },
  { type: 'suspended', ...at(3, 1), on: 'task hand', waitsFor: 2, place: inBoss(3) },
  { type: 'running', ...at(4, 2) },
  { type: 'suspended', ...at(4, 2), on: 'sleep(0.1)', waitsFor: null, place: inHand(11) },
];
const [CALL, FINALLY] = [7, 11];

function modelWith(cancel: TraceRecord, end: readonly TraceRecord[]): Model {
  const records = [...begun, cancel, ...asked, ...end];
  return modelOf(recordingOf(records, { sourceOf: (file) => sources[file] }));
}
const unwound = (): Model =>
  modelWith(call, [
    { type: 'running', ...at(5, 2) },
    { type: 'done', ...at(5, 2), outcome: 'cancelled' },
  ]);

function lines(model: Model, moment: number): string[] {
  return litLines(model, moment, sources, namesOf(model))
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, kind, chips }) => `${file}:${line} ${kind}: ${plain(chips)}`);
}
const spots = (model: Model, moment: number): string[][] =>
  waysAt(model, moment, sources).map(({ from, stops }) => [from, ...stops].map((one) => `${one?.file}:${one?.line}`));

test('the source is lit where the running task is and where others wait', () => {
  expect(lines(unwound(), 6)).toEqual(['Cell [1]:6 wait: hand &lt;b&gt;', 'Cell [2]:1 on: boss']);
  expect(sourceHtml(sources)).toContain('console.log(&#39;&lt;b&gt;&#39;);');
});

test('a cancellation is marked at its call and at the await that receives it, and each mark names the other cell', () => {
  expect(lines(unwound(), CALL)).toEqual([
    'Cell [1]:6 wait: cancelled here by boss, Cell [2], line 2 hand &lt;b&gt;',
    'Cell [2]:2 on: cancels hand &lt;b&gt; in Cell [1], line 6 boss',
  ]);
  expect(spots(unwound(), CALL)).toEqual([['Cell [2]:2', 'Cell [1]:6']]);
  expect(spots(unwound(), CALL - 1)).toEqual([]);
});

test('the way goes on through the catch and finally blocks as they run, until the task ends', () => {
  const model = unwound();
  expect(spots(model, FINALLY - 1)).toEqual([['Cell [2]:2', 'Cell [1]:6', 'Cell [1]:7']]);
  expect(spots(model, FINALLY)).toEqual([['Cell [2]:2', 'Cell [1]:6', 'Cell [1]:7', 'Cell [1]:11']]);
  expect(lines(model, FINALLY)).toContain('Cell [1]:11 unwinding: hand &lt;b&gt;');
  expect(lines(model, FINALLY)).toContain('Cell [1]:7 unwinding: ');
});

test('if the task catches the cancellation and goes on, the way ends there', () => {
  const model = modelWith(call, [
    { type: 'running', ...at(5, 2) },
    { type: 'suspended', ...at(5, 2), on: 'sleep(9)', waitsFor: null, place: inHand(13) },
    { type: 'running', ...at(6, 2) },
    { type: 'done', ...at(6, 2), outcome: 'result' },
  ]);
  const later = 13;
  expect(spots(model, later - 1).length).toBe(1);
  expect(spots(model, later + 1)).toEqual([]);
  expect(lines(model, later + 1)).toEqual(['Cell [1]:13 on: hand &lt;b&gt;', 'Cell [2]:3 wait: boss']);
});

test('as text the way of a cancellation is a sentence', () => {
  expect(textOf(unwound()).split('\n')).toContain(
    'boss cancels hand <b> ("enough") at Cell [2], line 2; it arrives at Cell [1], line 6, then passes Cell [1], line 7, Cell [1], line 11',
  );
});

test('a timeout has no line: the await names the timeout, and the arrow comes from outside', () => {
  const model = modelWith(
    { type: 'cancelled', ...at(3, 2), by: { kind: 'timer' }, message: undefined, through: 'timeout', place: null },
    [],
  );
  expect(lines(model, CALL)).toContain('Cell [1]:6 wait: cancelled here by a timeout hand &lt;b&gt;');
  expect(waysAt(model, CALL, sources)[0]?.from).toBe(null);
});

test('an error passes through the try statements around its line, but not those around the function that contains it', () => {
  const blocks = tryBlocks(hand);
  expect(blocks.map(({ handlers }) => handlers)).toEqual([
    [{ from: 5, to: 5 }],
    [
      { from: 7, to: 10 },
      { from: 10, to: 12 },
    ],
  ]);
  const around = (line: number): number => blocks.filter((block) => tries(line, block)).length;
  expect([2, 4, 6, 9].map(around)).toEqual([1, 0, 1, 0]);
  expect(tryBlocks('try { broken')).toEqual([]);
});

test('arrows stay in their gutter, have a tip at each line, and are drawn once if several tasks take the same way', () => {
  const tracks = Array.from({ length: 5 }, (_, at) => ({ from: 200 + at, stops: [20, 40, 100] }));
  const svg = arrowsOf([...tracks, { from: null, stops: [60] }, { from: 60, stops: [60] }, { from: 3, stops: [] }]);
  expect(svg.match(/class="tip"/g)?.length).toBe(5 + 2 + 2);
  for (const [, x] of svg.matchAll(/[MH](-?[\d.]+)/g)) {
    expect(Number(x)).toBeGreaterThan(0);
    expect(Number(x)).toBeLessThanOrEqual(GUTTER);
  }
});
