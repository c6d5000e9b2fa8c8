// Who waits for whom at a moment, rings of waiting tasks, and the graph that shows them.

import { expect, test } from '@jest/globals';
import { drawGraph } from '../../../runtime/picture/graph/await-graph.ts';
import { notesOf } from '../../../runtime/picture/lanes/summary.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import type { Model } from '../../../runtime/picture/model/model.ts';
import { deadlocks, ringsAt, standingAt } from '../../../runtime/picture/model/waits.ts';
import { randomRecording, recorded } from '../recorded.ts';
import { deadlock, mixed, workers } from '../samples.ts';
import { all, parseXml } from '../xml.ts';

const waitsAt = (model: Model, moment: number): Record<string, string[]> => {
  const names = new Map(model.lanes.map(({ task, name }) => [task, name]));
  return Object.fromEntries(
    standingAt(model, moment).map(({ lane, awaits }) => [lane.name, awaits.map((task) => names.get(task) ?? '')]),
  );
};

test('a gather waits for its unfinished tasks, and the wait for a lock for its holder', async () => {
  const model = modelOf(await recorded(mixed()));
  const waiting = model.lanes.find(({ name }) => name === 'two')?.stretches.find(({ on }) => on?.startsWith('lock '));
  const found = waitsAt(model, waiting?.from ?? 0);
  expect(found).toMatchObject({ 'Task-1': ['one', 'two'], two: ['one'], one: [] });
});

test('two tasks that hold what the other wants are a deadlock with their names, even if it was ended later', async () => {
  const model = modelOf(await recorded(deadlock()));
  expect(deadlocks(model).map((ring) => ring.map(({ lane }) => lane.name))).toEqual([['Ada', 'Bob']]);
  expect(notesOf(model)[0]?.text).toBe('deadlock: Ada waits for lock right (Bob), Bob waits for lock left (Ada)');
  const moment = (model.cancels[0]?.moment ?? 0) - 1;
  const graph = drawGraph(model, moment);
  parseXml(graph);
  expect(graph.match(/>deadlock</g)?.length).toBe(2);
});

test('a run that ends well has no deadlock', async () => {
  expect(deadlocks(modelOf(await recorded(workers(5))))).toEqual([]);
});

test('in random programs a ring is a ring: each of its tasks waits for another one of it', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const model = modelOf(await randomRecording(seed));
    for (let moment = 0; moment < model.times.length; moment += 3) {
      for (const ring of ringsAt(model, moment)) {
        const tasks = ring.map(({ lane }) => lane.task);
        for (const { awaits } of ring) expect(awaits.some((task) => tasks.includes(task))).toBe(true);
      }
    }
  }
});

test('the graph draws no box over another, and is well-formed whatever the names are', async () => {
  const model = modelOf(await recorded(mixed()));
  for (let moment = 0; moment < model.times.length; moment++) {
    const boxes = all(parseXml(drawGraph(model, moment))).filter(({ attributes }) => attributes.class === 'box');
    const places = boxes.map(({ attributes: { x, y, height } }) => [Number(x), Number(y), Number(height)] as const);
    for (const [at, [x, y, height]] of places.entries()) {
      for (const [otherX, otherY] of places.slice(at + 1)) {
        if (x === otherX) expect(Math.abs(otherY - y)).toBeGreaterThanOrEqual(height);
      }
    }
  }
});

test('a thousand tasks make a graph of a few boxes: tasks that do the same share one, which says how many', async () => {
  const model = modelOf(await recorded(workers(1000)));
  const graph = drawGraph(model, Math.floor(model.times.length / 2));
  expect(graph).toMatch(/>worker-\d+ and \d+ more</);
  expect(graph).not.toMatch(/>and \d+ more tasks/);
  expect(graph.length).toBeLessThan(10_000);
});
