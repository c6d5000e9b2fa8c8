// The model of a trace, compared with the records themselves: for random programs, and for bad input.

import { expect, test } from '@jest/globals';
import { coroutine, createTask, gather, Lock, sleep, type TraceRecord } from '../../../runtime/asyncio/index.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { type Lane, type Model, secondsOf, stretchAt } from '../../../runtime/picture/model/model.ts';
import type { PictureRecord } from '../../../runtime/picture/record/recording.ts';
import { randomRecording, recorded, recordingOf } from '../recorded.ts';

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);
const place = { coroutine: 1, name: 'f' };

test('in random programs the stretches of a lane leave no gap, and add up to the time from creation to end', async () => {
  for (const seed of SEEDS) {
    const recording = await randomRecording(seed);
    const model = modelOf(recording);
    expect(model.lanes.length).toBe(new Set(recording.records.map(({ task }) => task)).size);
    // The first task is recorded from midway; of the shortest programs only its end is recorded.
    for (const lane of model.lanes.filter(({ from, to }) => to > from)) {
      const ends = lane.stretches.map(({ to }) => to);
      expect(lane.stretches.map(({ from }) => from)).toEqual([lane.from, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(lane.to);
      const sum = lane.stretches.reduce((seconds, stretch) => seconds + secondsOf(model, stretch), 0);
      expect(sum).toBeCloseTo(clockBetween(recording.records, lane), 9);
    }
  }
});

test('in random programs exactly one lane is solid during a step, and none between steps', async () => {
  for (const seed of SEEDS) {
    const { records } = await randomRecording(seed);
    const model = modelOf(recordingOf(records));
    let running: number | undefined;
    for (const [moment, record] of records.entries()) {
      if (record.type === 'running') running = record.task;
      else if (record.task === running && ['suspended', 'done', 'failed'].includes(record.type)) running = undefined;
      expect(solidAt(model, moment)).toEqual(running === undefined ? [] : [running]);
    }
  }
});

test('in random programs each suspended stretch says what it waits for and where, and each ready one who woke it', async () => {
  for (const seed of SEEDS) {
    for (const { stretches } of modelOf(await randomRecording(seed)).lanes) {
      for (const { state, on, place: where, by } of stretches) {
        if (state === 'suspended')
          expect([typeof on, on, typeof where?.name]).toEqual(['string', expect.stringMatching(/./), 'string']);
        if (state === 'ready') expect(by?.kind).toMatch(/^(task|timer|callback|outside)$/);
      }
    }
  }
});

test('in random programs the endings and cancellations are those of the records', async () => {
  for (const seed of SEEDS) {
    const recording = await randomRecording(seed);
    const model = modelOf(recording);
    const endings = new Map(
      recording.records.flatMap((one) =>
        one.type === 'failed'
          ? [[one.task, 'failed']]
          : one.type === 'done'
            ? [[one.task, one.outcome === 'cancelled' ? 'cancelled' : 'done']]
            : [],
      ) as [number, string][],
    );
    for (const { task, ending } of model.lanes) expect(ending).toBe(endings.get(task) ?? 'unfinished');
    expect(model.cancels.length).toBe(recording.records.filter(({ type }) => type === 'cancelled').length);
  }
});

test('lanes stand below the lane that spawned them, at any depth', async () => {
  const leaf = coroutine(function* () {
    yield* sleep(1);
  });
  const branch = coroutine(function* (name: string) {
    yield* createTask(leaf(), { name: `${name}.leaf` });
  });
  const main = coroutine(function* () {
    yield* gather(createTask(branch('a'), { name: 'a' }), createTask(branch('b'), { name: 'b' }));
  });
  const { lanes } = modelOf(await recorded(main()));
  expect(lanes.slice(1).map(({ name, depth }) => [name, depth])).toEqual([
    ['a', 1],
    ['a.leaf', 2],
    ['b', 1],
    ['b.leaf', 2],
  ]);
});

test('a wait for a lock names the holder, and the wake names the task that released it', async () => {
  const lock = new Lock({ name: 'printer' });
  const user = coroutine(function* () {
    yield* lock.acquire();
    yield* sleep(1);
    lock.release();
  });
  const main = coroutine(function* () {
    yield* gather(createTask(user(), { name: 'first' }), createTask(user(), { name: 'second' }));
  });
  const { lanes } = modelOf(await recorded(main()));
  const [first, second] = ['first', 'second'].map((name) => lanes.find((lane) => lane.name === name) as Lane);
  const wait = second?.stretches.find(({ on }) => on === 'lock printer');
  expect(wait?.waitsFor).toBe(first?.task);
  const woken = second?.stretches.find(({ from, state }) => state === 'ready' && from === wait?.to);
  expect(woken?.by).toEqual({ kind: 'task', task: first?.task });
});

test('a cancellation knows which step received it', async () => {
  const sleeper = coroutine(function* () {
    yield* sleep(10);
  });
  const main = coroutine(function* () {
    const task = createTask(sleeper(), { name: 'sleeper' });
    yield* sleep(1);
    task.cancel('enough');
    yield* sleep(1);
  });
  const model = modelOf(await recorded(main()));
  const [cancel] = model.cancels;
  const lane = model.lanes.find(({ name }) => name === 'sleeper') as Lane;
  expect(cancel).toMatchObject({
    task: lane.task,
    message: 'enough',
    by: { kind: 'task', task: model.lanes[0]?.task },
  });
  expect(stretchAt(lane, cancel?.received ?? -1)?.state).toBe('running');
  expect(lane.ending).toBe('cancelled');
});

test('a step that holds the loop up for long is a block', () => {
  const base = { task: 1, iteration: 1 };
  const model = modelOf(
    recordingOf([
      { type: 'created', ...base, time: 0, name: 'slow', parent: null, owner: null, place },
      { type: 'running', ...base, time: 0 },
      { type: 'done', ...base, time: 0.4, outcome: 'result' },
    ]),
  );
  expect(model.blocks).toEqual([{ task: 1, from: 1, to: 2, seconds: 0.4 }]);
});

test('an empty trace has no lane', () => {
  const model = modelOf(recordingOf([]));
  expect([model.lanes, [...model.times], [...model.iterations]]).toEqual([[], [0], [0]]);
});

test('where the clock jumps back or is not a number, the time stands still', () => {
  const at = (time: number): TraceRecord => ({ type: 'running', task: 1, iteration: 1, time });
  expect([...modelOf(recordingOf([at(5), at(3), at(Number.NaN), at(7)])).times]).toEqual([0, 0, 0, 2, 2]);
});

test('a trace that begins midway knows its tasks by number, and parents may be missing or form a ring', () => {
  const base = { time: 0, iteration: 1 };
  const { lanes } = modelOf(
    recordingOf([
      { type: 'suspended', task: 7, ...base, on: 'sleep(1)', waitsFor: null, place: null },
      { type: 'created', task: 8, ...base, name: 'x', parent: 9, owner: null, place },
      { type: 'created', task: 9, ...base, name: 'y', parent: 8, owner: null, place },
      { type: 'created', task: 10, ...base, name: 'z', parent: 99, owner: null, place },
    ]),
  );
  expect(lanes.map(({ name, depth, ending }) => [name, depth, ending])).toEqual([
    ['Task-7', 0, 'unfinished'],
    ['z', 0, 'unfinished'],
    ['x', 0, 'unfinished'],
    ['y', 1, 'unfinished'],
  ]);
});

function solidAt(model: Model, moment: number): number[] {
  return model.lanes.filter((lane) => stretchAt(lane, moment)?.state === 'running').map(({ task }) => task);
}

function clockBetween(records: readonly PictureRecord[], { task }: Lane): number {
  const own = records.filter((one) => one.task === task);
  const end = own.find(({ type }) => type === 'done' || type === 'failed') ?? records.at(-1);
  return (end?.time ?? 0) - (own[0]?.time ?? 0);
}
