// The panels below the lanes at a moment: the loop's queues, and the moment in words.

import { expect, test } from '@jest/globals';
import { namesOf } from '../../../runtime/picture/lanes/words.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { outputOf, outputRows } from '../../../runtime/picture/player/output-lines.ts';
import { rowsOf, statusOf, stripOf, widestQueues } from '../../../runtime/picture/player/panels.ts';
import { type Room, roomFor } from '../../../runtime/picture/player/room.ts';
import type { PictureRecord } from '../../../runtime/picture/record/recording.ts';
import { recorded, recordingOf } from '../recorded.ts';
import { mixed, workers } from '../samples.ts';

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const at = (time: number) => ({ time, task: 1, iteration: 5 + time }) as const;

test('the ready queue is in the order in which tasks will run, and the timers in the order in which they are due', async () => {
  const model = modelOf(await recorded(workers(3)));
  const first = model.lanes[0]?.stretches.find(({ state }) => state === 'suspended');
  expect(plain(stripOf(model, first?.from ?? 0, namesOf(model)))).toBe(
    'runs nothing yet ready queue worker-0 worker-1 worker-2 sleeping nobody',
  );
  const last = model.lanes.at(-1)?.stretches.find(({ state }) => state === 'suspended');
  expect(plain(stripOf(model, last?.from ?? 0, namesOf(model)))).toMatch(
    /sleeping worker-0 in 0\.1 s worker-2 in 0\.3 s worker-1 in 0\.45 s$/,
  );
});

test('every moment is described in words, and the names in them are escaped', async () => {
  const model = modelOf(await recorded(mixed()));
  const said = Array.from(model.times, (_, moment) => statusOf(model, moment, namesOf(model)));
  expect(said.every((words) => !words.includes('<script>'))).toBe(true);
  expect(said.map(plain)).toContainEqual(
    expect.stringMatching(/Task-1 cancels &lt;\/text&gt;&lt;script&gt; \(&quot;enough&quot;\)/),
  );
  expect(said.map(plain)).toContainEqual(expect.stringMatching(/two is ready: woken by one/));
});

test('if nothing runs, the loop panel says in plain words what the loop waits for', async () => {
  const model = modelOf(await recorded(workers(3)));
  const said = Array.from(model.times, (_, moment) => plain(stripOf(model, moment, namesOf(model))));
  expect(said).toContainEqual(expect.stringMatching(/^runs asleep for 0\.1 s more ready queue empty/));
  expect(said.at(-1)).toBe('runs nothing: no task is alive ready queue empty sleeping nobody');
});

test('the first step begins in pass 1, and on a virtual clock a step is not said to take 0 s', async () => {
  const model = modelOf(await recorded(workers(3)));
  const said = Array.from(model.times, (_, moment) => plain(statusOf(model, moment, namesOf(model))));
  expect(said[0]).toMatch(/^0 s · pass 1 · /);
  expect(said).toContainEqual('0 s · pass 2 · worker-0 runs; the virtual clock stands still meanwhile');
  expect(said.join()).not.toContain('for 0 s');
});

test('between two moments the time and what is left of a sleep follow the line', async () => {
  const model = modelOf(await recorded(workers(1)));
  const moment = model.lanes.at(-1)?.stretches.find(({ state }) => state === 'suspended')?.from ?? 0;
  expect(plain(statusOf(model, moment, namesOf(model), 0.04))).toMatch(/^40 ms · /);
  expect(plain(stripOf(model, moment, namesOf(model), 0.04))).toContain('asleep for 60 ms more');
});

test('the loop is not said to sleep at an instant at which something else runs', async () => {
  const model = modelOf(await recorded(workers(3)));
  for (let moment = 0; moment + 1 < model.times.length; moment++) {
    if (model.times[moment] !== model.times[moment + 1]) continue;
    expect(plain(stripOf(model, moment, namesOf(model)))).not.toContain('asleep for');
  }
});

const prints: PictureRecord[] = [
  { type: 'created', ...at(0), name: 'Task-3', parent: null, owner: null, place: { coroutine: 1, name: 'bake' } },
  { type: 'running', ...at(0) },
  { type: 'printed', ...at(0), stream: 'stdout', text: 'dough <b>\n' },
  { type: 'printed', ...at(0), task: 0, stream: 'stderr', text: 'a\nb\n' },
  { type: 'done', ...at(1), outcome: 'result' },
];

const wordy = prints.map((one) => (one.type === 'printed' ? { ...one, text: 'nine words\n' } : one));

test('the output fills as the player moves, says who printed each line, and marks the one of the moment', () => {
  const model = modelOf(recordingOf(prints));
  const name = namesOf(model);
  expect([1, 2, 3].map((moment) => plain(outputOf(model, moment, name)))).toEqual([
    '',
    'bake dough &lt;b&gt;',
    'bake dough &lt;b&gt; callback a b',
  ]);
  expect(outputOf(model, 2, name)).toContain('chip on');
  expect(outputOf(model, 3, name).match(/chip on/g)?.length).toBe(1);
  expect([outputRows(model, name)(400), outputRows(modelOf(recordingOf(wordy)), name)(60)]).toEqual([3, 2]);
  expect(plain(statusOf(model, 2, name))).toBe('0 s · pass 1 · bake prints “dough &lt;b&gt;”');
});

test('a task that was there before the trace is not said to be created', () => {
  const [, running, ...rest] = prints;
  const place = { coroutine: 1, name: 'bake' };
  const found = { type: 'found', ...at(0), name: 'Task-3', parent: null, owner: null, place, begun: true } as const;
  const model = modelOf(recordingOf([found, ...(running ? [running, ...rest] : [])]));
  expect(plain(statusOf(model, 0, namesOf(model)))).toMatch(/bake was there before the trace began$/);
  expect(model.lanes[0]?.stretches.some(({ state }) => state === 'created')).toBe(false);
});

/** A graph as high as so many boxes below one another. */
const graphOf = (boxes: number) => () => ({ full: 46 * boxes, least: 46 * boxes * 0.7 });
const wanted = (boxes: number, printed: number, lines: number) => ({
  ...{ queues: () => [23, 23], printed: () => printed, lines: () => lines, graph: graphOf(boxes) },
});

test('all parts of a figure fit on a screen and on a slide, and none is higher than what it holds', () => {
  for (const drawn of [150, 300, 900]) {
    for (const boxes of [2, 6, 20]) {
      for (const view of ['full', 'slide', 'lanes']) {
        const { lanes, panels, tabbed } = roomFor({ view, width: 1000 }, wanted(boxes, 30, 60), drawn);
        expect(lanes + panels + (tabbed ? 36 : 0)).toBeLessThanOrEqual(view === 'slide' ? 560 : 520);
      }
    }
  }
  expect(roomFor({ width: 1000 }, wanted(1, 0, 4), 150).panels).toBeLessThan(300);
  const busy = wanted(4, 30, 60);
  const [normal, large] = [roomFor({ width: 1000 }, busy, 300), roomFor({ size: 'large', width: 1000 }, busy, 300)];
  expect(large.lanes + large.panels).toBeLessThan((normal.lanes + normal.panels) / 1.3);
});

const columns = ({ stacks, tabbed }: Room): string | undefined =>
  tabbed ? undefined : stacks.map((stack) => stack.join('+')).join(' ');

test('panels stand in the columns that show most of them, beside all lanes or in half of the room', () => {
  const full = { view: 'full', width: 1000 };
  expect(columns(roomFor(full, wanted(4, 6, 30), 215))).toBe('source strip+output graph');
  expect(roomFor(full, wanted(4, 6, 30), 215)).toMatchObject({ lanes: 215 });
  // Little height: nothing stands below the loop.
  expect(columns(roomFor({ ...full, above: 190 }, wanted(2, 8, 30), 160))).toBe('source+output strip graph');
  // Many lanes: the panels take half of the room, and the lanes scroll.
  expect(roomFor(full, wanted(2, 0, 9), 600)).toMatchObject({ lanes: 326, panels: 194 });
  // A graph that half of the room does not hold.
  expect(columns(roomFor(full, wanted(12, 6, 30), 300))).toBeUndefined();
  expect(columns(roomFor({ view: 'full', width: 600 }, wanted(1, 0, 4), 150))).toBeUndefined();
});

test('a panel that has nothing to show is in no column', () => {
  expect(columns(roomFor({ width: 1000 }, wanted(2, 0, 12), 215))).toBe('source strip+graph');
  expect(columns(roomFor({ width: 1000 }, wanted(2, 0, 0), 215))).toBe('strip+graph');
});

test('on a slide that a prediction shares, the lanes are whole and the panels stand in three columns', () => {
  const room = roomFor({ width: 880, slide: 470 }, wanted(2, 0, 19), 215);
  expect([room.lanes, room.panels, columns(room)]).toEqual([215, 175, 'source strip graph']);
});

test('a figure leaves room for what its cell shows above it, down to a least height, as long as both can be seen together', () => {
  const of = (above: number) => {
    const { lanes, panels, tabbed } = roomFor({ width: 880, above }, wanted(2, 0, 19), 150);
    return lanes + panels + (tabbed ? 36 : 0);
  };
  expect([of(0), of(150), of(200), of(300), of(2000)]).toEqual([520, 370, 320, 280, 520]);
  // Without it the panels stand in columns; below it they would be behind tabs.
  const deep = wanted(7, 3, 30);
  expect(roomFor({ width: 1000, above: 60 }, deep, 262)).toEqual(roomFor({ width: 1000 }, deep, 262));
  expect(roomFor({ width: 1000 }, deep, 262).tabbed).toBe(false);
});

test("the loop's queues have two or three rows where the tasks of a moment do not fit into one", async () => {
  const [ready = 0, sleeping = 0] = widestQueues(modelOf(await recorded(workers(4))));
  expect([ready > 250, ready < 400, sleeping > 500, sleeping < 700]).toEqual([true, true, true, true]);
  expect([rowsOf(ready, 400), rowsOf(ready, 280), rowsOf(sleeping, 200)]).toEqual([1, 2, 3]);
});
