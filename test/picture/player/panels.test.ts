// The panels below the lanes at a moment: the loop's queues, and the moment in words.

import { expect, test } from '@jest/globals';
import { namesOf } from '../../../runtime/picture/lanes/words.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { mostAlive, statusOf, stripOf } from '../../../runtime/picture/player/panels.ts';
import { recorded } from '../recorded.ts';
import { mixed, workers } from '../samples.ts';

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

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
  expect(said.at(-1)).toBe('runs nothing: no task lives ready queue empty sleeping nobody');
  expect(mostAlive(model)).toBe(4);
});
