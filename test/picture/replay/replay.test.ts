// The figure of workers with hammers, read off its SVG: who strikes when, how far, and with which name.

import { expect, test } from '@jest/globals';
import type { Coroutine } from '../../../runtime/asyncio/index.ts';
import { coroutine, createTask, gather, sleep } from '../../../runtime/asyncio/index.ts';
import { replay } from '../../../runtime/picture/replay/replay.ts';
import { Trace } from '../../../runtime/picture/trace/traced.ts';
import { randomRecording, recorded } from '../recorded.ts';
import { all, type Node, parseXml } from '../xml.ts';

const hammering = coroutine(function* striking(rest: number) {
  for (let blow = 0; blow < 3; blow++) yield* sleep(rest);
});
const together: (count: number, names?: readonly string[]) => Coroutine<void> = coroutine(function* company(
  count: number,
  names: readonly string[] = [],
) {
  const tasks = Array.from({ length: count }, (_, at) =>
    createTask(hammering(0.1 + at / 17), names[at] === undefined ? {} : { name: names[at] }),
  );
  yield* gather(...tasks);
});
const numbers = (text = ''): number[] => text.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
const has = (node: Node, name: string): boolean => (node.attributes.class ?? '').split(' ').includes(name);

/** The extent of each worker's hammer at each of its angles, within the panel. */
function hammers(svg: string): { x: number; y: number }[] {
  return all(parseXml(svg)).flatMap((worker) => {
    const placed = /^translate\(([\d.-]+) ([\d.-]+)\) scale\(([\d.-]+) ([\d.-]+)\)$/.exec(
      worker.attributes.transform ?? '',
    );
    if (placed === null) return [];
    const [, x = 0, y = 0, across = 1, down = 1] = placed.map(Number);
    return all(worker).flatMap((arm) => {
      const iron = arm.children.find((one) => has(one, 'iron'));
      if (iron === undefined) return [];
      const turns = arm.children.find(({ name }) => name === 'animateTransform')?.attributes.values?.split(';') ?? [];
      const [left, top, wide, high] = ['x', 'y', 'width', 'height'].map((name) => Number(iron.attributes[name]));
      return turns.flatMap((turn) => {
        const [angle = 0, cx = 0, cy = 0] = numbers(turn);
        const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
        return [0, 1].flatMap((i) =>
          [0, 1].map((j) => {
            const [dx, dy] = [(left ?? 0) + i * (wide ?? 0) - cx, (top ?? 0) + j * (high ?? 0) - cy];
            return { x: x + across * (cx + dx * cos - dy * sin), y: y + down * (cy + dx * sin + dy * cos) };
          }),
        );
      });
    });
  });
}

test.each([1, 2, 3, 4, 5, 6])('with %i workers no hammer leaves its panel or reaches the heading', async (count) => {
  const corners = hammers(replay(new Trace(await recorded(together(count)))).svg());
  expect(corners.length).toBeGreaterThan(count * 8);
  for (const { x, y } of corners) {
    expect(x).toBeGreaterThanOrEqual(2);
    expect(x).toBeLessThanOrEqual(358);
    expect(y).toBeGreaterThanOrEqual(40);
    expect(y).toBeLessThanOrEqual(340);
  }
});

test('at any instant at most one worker strikes', async () => {
  for (const recording of [await recorded(together(5)), await randomRecording(3), await randomRecording(8)]) {
    const trace = new Trace(recording);
    const lit = all(parseXml(replay(trace).svg())).filter((node) => has(node, 'at'));
    const strokes = lit.flatMap(({ children }) => {
      const { values = '', keyTimes = '' } = children.find(({ name }) => name === 'animate')?.attributes ?? {};
      const times = keyTimes.split(';').map(Number);
      const on = values.split(';');
      return times.flatMap((from, at) => (on[at] === '1' ? [[from, times[at + 1] ?? 1] as const] : []));
    });
    expect(strokes.length).toBeGreaterThan(2);
    strokes.sort(([a], [b]) => a - b);
    for (const [at, [from]] of strokes.entries())
      expect(from).toBeGreaterThanOrEqual((strokes[at - 1]?.[1] ?? 0) - 1e-4);
  }
});

test('workers have the names that the program gave their tasks, otherwise those of their coroutines', async () => {
  const named = replay(new Trace(await recorded(together(2, ['Ada', 'Bob']))));
  expect(named.svg()).toMatch(/>Ada<[\s\S]*>Bob</);
  const unnamed = replay(new Trace(await recorded(together(2))));
  expect(unnamed.svg()).toMatch(/>striking<[\s\S]*>striking 2</);
  expect(unnamed.svg()).not.toMatch(/>Task-[2-9]/);
  expect(String(unnamed)).toMatch(/steps: striking 4, striking 2 4$/);
});

test('the pole goes down with each blow, by the same amount, and the ground hides its foot', async () => {
  const svg = parseXml(replay(new Trace(await recorded(together(3)))).svg());
  const ground = all(svg).find(({ name, attributes }) => name === 'svg' && attributes.viewBox?.includes('28'));
  const pole = all(ground as Node).find(({ name }) => name === 'animateTransform');
  const depths = (pole?.attributes.values ?? '').split(';').map((value) => Number(value.split(' ')[1]));
  const steps = [...new Set(depths)];
  // Three workers with four blows each.
  expect(steps.length).toBe(12 + 1);
  for (const [at, depth] of steps.entries()) if (at > 0) expect(depth - (steps[at - 1] ?? 0)).toBeCloseTo(26 / 12, 0);
  expect(depths).toEqual([...depths].sort((a, b) => a - b));
});
