// What stands below the lanes at a moment: the loop's queues, the lit source, and the moment in words.

import { expect, test } from '@jest/globals';
import type { TraceRecord } from '../../runtime/asyncio/index.ts';
import { sourceOf, statusOf, stripOf } from '../../runtime/picture/player/panels.ts';
import { modelOf } from '../../runtime/picture/read.ts';
import { namesOf } from '../../runtime/picture/words.ts';
import { recorded, recordingOf } from './recorded.ts';
import { mixed, workers } from './samples.ts';

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

test('the ready queue is in the order of its turn, and the timers by when they are due', async () => {
  const model = modelOf(await recorded(workers(3)));
  const first = model.lanes[0]?.stretches.find(({ state }) => state === 'suspended');
  expect(plain(stripOf(model, first?.from ?? 0, namesOf(model)))).toBe(
    'running empty ready queue worker-0 worker-1 worker-2 timers empty',
  );
  const last = model.lanes.at(-1)?.stretches.find(({ state }) => state === 'suspended');
  expect(plain(stripOf(model, last?.from ?? 0, namesOf(model)))).toMatch(
    /timers worker-0 in 0\.1 s worker-2 in 0\.3 s worker-1 in 0\.45 s$/,
  );
});

test('every moment has its words, and names in them are escaped', async () => {
  const model = modelOf(await recorded(mixed()));
  const said = Array.from(model.times, (_, moment) => statusOf(model, moment, namesOf(model)));
  expect(said.every((words) => !words.includes('<script>'))).toBe(true);
  expect(said.map(plain)).toContainEqual(
    expect.stringMatching(/Task-1 cancels &lt;\/text&gt;&lt;script&gt; \(&quot;enough&quot;\)/),
  );
  expect(said.map(plain)).toContainEqual(expect.stringMatching(/two is ready: woken by one/));
});

const place = (line: number) => ({ coroutine: line, name: 'f', file: 'Cell [1]', line });
const at = (time: number, task: number) => ({ time, task, iteration: time }) as const;
const records: TraceRecord[] = [
  { type: 'created', ...at(0, 1), name: 'boss', parent: null, owner: null, place: place(1) },
  { type: 'created', ...at(0, 2), name: 'hand', parent: 1, owner: null, place: place(4) },
  { type: 'running', ...at(1, 2) },
  { type: 'suspended', ...at(1, 2), on: 'sleep(60)', waitsFor: null, place: place(5) },
  { type: 'running', ...at(2, 1) },
  { type: 'suspended', ...at(2, 1), on: 'sleep(1)', waitsFor: null, place: place(2) },
  { type: 'running', ...at(3, 1) },
  { type: 'cancelled', ...at(3, 2), by: { kind: 'task', task: 1 }, message: 'enough' },
  { type: 'scheduled', ...at(3, 2), by: { kind: 'task', task: 1 } },
  { type: 'suspended', ...at(3, 1), on: 'task hand', waitsFor: 2, place: place(3) },
  { type: 'running', ...at(4, 2) },
  { type: 'suspended', ...at(4, 2), on: 'sleep(0.1)', waitsFor: null, place: place(7) },
  { type: 'running', ...at(5, 2) },
  { type: 'done', ...at(5, 2), outcome: 'cancelled' },
];
const text = [
  'boss',
  '  await sleep(1)',
  '  await hand',
  'hand',
  '  await sleep(60)',
  'finally',
  '  await sleep(0.1) // <b>',
].join('\n');

function lines(moment: number): string[] {
  const html = sourceOf(modelOf(recordingOf(records)), moment, { 'Cell [1]': text });
  return [...html.matchAll(/<li class="(\w*)">(.*?)<\/li>/g)].map(([, kind, line = '']) => `${kind}: ${plain(line)}`);
}

test('the source is lit where the running task is and where others wait', () => {
  expect(lines(6).filter((line) => !line.startsWith(':'))).toEqual([
    'on: await sleep(1) boss',
    'wait: await sleep(60) hand',
  ]);
});

test('a cancellation is marked where it was asked for and at the await that receives it, then followed through finally', () => {
  expect(lines(7)).toContain('on: await sleep(1) cancels ↴ boss');
  expect(lines(7)).toContain('wait: await sleep(60) cancelled here hand');
  expect(lines(11)).toContain('unwinding: await sleep(0.1) // &lt;b&gt; hand');
});
