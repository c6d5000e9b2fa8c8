// A model arrives in the page as it was sent; larger ones are thinned.

import { expect, test } from '@jest/globals';
import { playerScript } from '../../../runtime/host/node/player-script.ts';
import { pack, unpack } from '../../../runtime/picture/model/codec.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { randomRecording, recorded } from '../recorded.ts';
import { mixed, workers } from '../samples.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a model is the same after its way through JSON', async () => {
  for (const recording of [
    await recorded(mixed()),
    ...(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(randomRecording))),
  ]) {
    const model = modelOf(recording);
    const back = unpack(JSON.parse(JSON.stringify(pack(model, {}, 1e6))));
    expect(
      back.lanes.map(({ task, name, depth, ending, error, from, to }) => [task, name, depth, ending, error, from, to]),
    ).toEqual(
      model.lanes.map(({ task, name, depth, ending, error, from, to }) => [task, name, depth, ending, error, from, to]),
    );
    const stretches = (lanes: typeof model.lanes): unknown =>
      plain(
        lanes.flatMap((lane) =>
          lane.stretches.map(({ state, from, to, on, waitsFor, by }) => [state, from, to, on, waitsFor, by]),
        ),
      );
    expect(stretches(back.lanes)).toEqual(stretches(model.lanes));
    expect(plain(back.cancels)).toEqual(plain(model.cancels));
    expect([...back.times].map((time) => time.toFixed(5))).toEqual([...model.times].map((time) => time.toFixed(5)));
  }
});

test('the player knows each key of what a figure stores by its whole name', async () => {
  const keys = new Set<string>();
  for (const recording of [await recorded(mixed()), ...(await Promise.all([1, 2, 3, 4].map(randomRecording)))]) {
    JSON.stringify(pack(modelOf(recording), {}, 1e6), (key, value) => {
      keys.add(key);
      return value;
    });
  }
  expect(keys).toContain('forgotten');
  const known = new Set(playerScript().match(/\w+/g));
  expect([...keys].filter((key) => /^[a-z]/.test(key) && !known.has(key))).toEqual([]);
});

test('a trace with too many moments is thinned, and its lanes keep their order and have no gaps', async () => {
  const model = modelOf(await recorded(workers(200)));
  const packed = pack(model, {}, 500);
  expect(packed.every).toBeGreaterThan(1);
  expect(packed.times.length).toBeLessThanOrEqual(501);
  for (const { stretches } of unpack(packed).lanes) {
    for (const [at, { to }] of stretches.entries()) expect(stretches[at + 1]?.from ?? to).toBe(to);
  }
});
