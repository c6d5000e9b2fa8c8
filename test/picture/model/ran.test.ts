// The lines that ran in each step, read off the awaits in the records and the source.

import { expect, test } from '@jest/globals';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { withRan } from '../../../runtime/picture/model/ran.ts';
import { sourceHtml, touchedIn } from '../../../runtime/picture/player/source-lines.ts';
import { shownRows } from '../../../runtime/picture/player/source-rows.ts';
import type { PictureRecord } from '../../../runtime/picture/record/recording.ts';
import { recordingOf } from '../recorded.ts';

const source = [
  'const inner = coroutine(async () => {', // 1
  "  console.log('a');",
  '  await sleep(1);', // 3
  "  console.log('b');",
  '});',
  '// far', // 6
  '// away',
  '// from',
  '// all', // 9
  'const main = coroutine(async () => {', // 10
  '  await inner();',
  '  for (const n of [1, 2]) {', // 12
  '    console.log(n);',
  '    await sleep(n);', // 14
  '    console.log(-n);',
  '  }',
  '  done();', // 17
  '});',
].join('\n');
const place = (name: string, line: number) => ({ coroutine: name.length, name, file: 'Cell [1]', line });
const at = (time: number) => ({ time, task: 1, iteration: time }) as const;
const wait = (time: number, ...[first, ...callers]: ReturnType<typeof place>[]): PictureRecord[] => [
  { type: 'running', ...at(time) },
  { type: 'suspended', ...at(time), on: 'sleep(1)', waitsFor: null, place: first ?? null, callers },
];
const records: PictureRecord[] = [
  { type: 'created', ...at(0), name: 'main', parent: null, owner: null, place: place('main', 10) },
  ...wait(0, place('inner', 3), place('main', 11)),
  ...wait(1, place('main', 14)),
  ...wait(2, place('main', 14)),
  { type: 'running', ...at(3) },
  { type: 'done', ...at(3), outcome: 'result' },
];
const recording = recordingOf(records, { sourceOf: () => source });
const model = withRan(modelOf(recording), recording.sourceOf);
const steps = model.lanes[0]?.stretches.filter(({ state }) => state === 'running') ?? [];

test('a step lights all lines from where the task resumed to the await where it paused, in each of its coroutines', () => {
  const ran = steps.map(({ ran: spans = [] }) => spans.map(({ from, to }) => `${from}-${to}`).sort());
  expect(ran).toEqual([['1-3', '10-11'], ['11-14', '3-5'], ['12-16'], ['14-18']]);
});

test('where the library calls a function without a name, its step lights that function and not the whole text', () => {
  const text = [
    '// far',
    'const crawl = coroutine(async () => {',
    '  await taskGroup(async (group) => {',
    '    await join();',
    '  });',
    '});',
  ];
  const records = [
    { type: 'created', ...at(0), name: 'crawl', parent: null, owner: null, place: place('crawl', 2) } as const,
    ...wait(0, place('taskGroup', 4), place('crawl', 3)),
  ];
  const { lanes } = withRan(modelOf(recordingOf(records)), () => text.join('\n'));
  const ran = lanes[0]?.stretches.flatMap(({ ran: spans = [] }) => spans.map(({ from, to }) => `${from}-${to}`));
  expect(ran).toEqual(['3-4', '2-3']);
});

test('lines that no task touches are folded, and only where the text is long', () => {
  const touched = touchedIn(model);
  const html = sourceHtml({ 'Cell [1]': source }, touched);
  expect(html).toContain('⋯ 4 lines');
  expect(html.match(/class="away"/g)?.length).toBe(4);
  expect(html).toMatch(/data-line="9" class="away"[\s\S]*data-line="10"><span class="code">const main/);
  expect(shownRows({ 'Cell [1]': source }, touched, new Map())(600)).toBe(18 - 4 + 1 + 1);
  expect(sourceHtml({ 'Cell [1]': 'short\n//\n//\n//\n//' }, new Map())).not.toContain('away');
});
