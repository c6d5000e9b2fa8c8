// The await graph: what its boxes say, and that neither boxes nor arrows cover a box, for 3, 30 and 300 tasks, on a
// phone and on a page.

import { expect, test } from '@jest/globals';
import {
  type Coroutine,
  coroutine,
  createTask,
  Event,
  gather,
  Lock,
  Queue,
  Semaphore,
  sleep,
  taskGroup,
  timeout,
  waitFor,
} from '../../../runtime/asyncio/index.ts';
import { drawGraph, heightOfGraph } from '../../../runtime/picture/graph/await-graph.ts';
import { type Placed, placeGraph } from '../../../runtime/picture/graph/box-layout.ts';
import { type Graph, graphAt } from '../../../runtime/picture/graph/nodes.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import type { Model } from '../../../runtime/picture/model/model.ts';
import { randomRecording, recorded } from '../recorded.ts';
import { deadlock, mixed, workers } from '../samples.ts';
import { parseXml } from '../xml.ts';

const nap = (name: string, seconds = 1) => createTask(sleep(seconds), { name });
const eater = coroutine(function* eater(first: Lock, second: Lock) {
  yield* first.acquire();
  yield* sleep(0.1);
  yield* second.acquire();
});
const named = <T>(name: string, body: Coroutine<T>) => createTask(body, { name });

/** `count` eaters round a table, each holding a fork that another wants. */
const table = (count: number): Coroutine<unknown> =>
  coroutine(function* table() {
    const forks = Array.from({ length: count }, (_, at) => new Lock({ name: `fork ${at}` }));
    const eaters = forks.map((fork, at) => named(`eater ${at}`, eater(fork, forks[(at + 1) % count] as Lock)));
    yield* waitFor(gather(eaters), 1);
  })();

const shop = coroutine(function* shop() {
  const orders = new Queue<number>(1, { name: 'orders' });
  const open = new Event({ name: 'open' });
  const seats = new Semaphore(1, { name: 'seats' });
  const baker = coroutine(function* baker() {
    yield* sleep(1);
    yield* orders.get();
  });
  const till = coroutine(function* till() {
    yield* orders.put(1);
    yield* orders.put(2);
  });
  const guest = coroutine(function* guest() {
    yield* seats.acquire();
    yield* open.wait();
  });
  const all = [named('baker', baker()), named('till', till()), named('Ada', guest()), named('Bob', guest())];
  yield* sleep(2);
  for (const one of all) one.cancel();
});

const grouped = coroutine(function* grouped() {
  yield* timeout(5, function* () {
    yield* taskGroup(function* (tg) {
      for (const name of ['a', 'b', 'c']) tg.createTask(sleep(1), { name });
      yield* sleep(0);
    });
  });
});

const PROGRAMS: Readonly<Record<string, () => Coroutine<unknown>>> = {
  'a task group in a timeout': grouped,
  'a queue, an event and a semaphore': shop,
  'gather in gather': coroutine(function* nested() {
    yield* gather(nap('a'), gather(nap('b'), waitFor(gather(nap('c'), nap('d')), 5)));
  }),
  'a deadlock of two': deadlock,
  'a deadlock of three': () => table(3),
  'a deadlock of seven': () => table(7),
  'a task that waits for itself': () => table(1),
  'a lock, a failure and a cancellation': mixed,
  '3 tasks': () => workers(3),
  '30 tasks': () => workers(30),
  '300 tasks': () => workers(300),
  'a chain of 30': coroutine(function* chain() {
    const link: (left: number) => Coroutine<void> = coroutine(function* one(left: number) {
      if (left === 0) yield* sleep(1);
      else yield* named(`link ${left}`, link(left - 1));
    });
    yield* link(30);
  }),
};

/** The places that an arrow passes through: straight rows, and the curves between them as they are drawn. */
function passed({ points }: Placed['arrows'][number]): (readonly [number, number])[] {
  return points.slice(1).flatMap(([x2, y2], at) => {
    const [x1, y1] = points[at] ?? [0, 0];
    return Array.from({ length: 21 }, (_, step) => {
      const t = step / 20;
      const bend = x1 === x2 ? x1 + 26 : (x1 + x2) / 2;
      const x = x1 * (1 - t) ** 3 + 3 * bend * t * (1 - t) + x2 * t ** 3;
      const y = y1 * (1 - t) ** 2 * (1 + 2 * t) + y2 * t ** 2 * (3 - 2 * t);
      return (at % 2 === 0 ? [x, y] : [x1 + (x2 - x1) * t, y1]) as [number, number];
    });
  });
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const apart = (a: Rect, b: Rect): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

/** The faults of a graph's layout, in words. */
function faults({ boxes, arrows, width, height }: Placed): string[] {
  const found: string[] = [];
  const places = arrows.flatMap(passed);
  for (const [at, one] of boxes.entries()) {
    const { title } = one.node;
    if (one.x < 0 || one.x + one.width > width || one.y + one.height > height) found.push(`${title} is cut`);
    for (const other of boxes.slice(at + 1)) {
      if (!apart(one, other)) found.push(`${title} lies on ${other.node.title}`);
    }
    const inner = { x: one.x + 1, y: one.y + 1, width: one.width - 2, height: one.height - 2 };
    if (places.some(([x, y]) => !apart(inner, { x, y, width: 0, height: 0 }))) found.push(`an arrow lies on ${title}`);
  }
  return found;
}

test('the search for faults finds them', () => {
  const node = { title: 'a', id: 'a', lines: [], stuck: false, tasks: 1 };
  const box = { node, column: 0, x: 0, y: 0, width: 100, height: 50 };
  const points = [
    [0, 20],
    [200, 20],
  ] as const;
  const bad = { boxes: [box, { ...box, x: 90 }], arrows: [{ stuck: false, points }], width: 150, height: 50 };
  expect(faults(bad)).toEqual(['a lies on a', 'an arrow lies on a', 'a is cut', 'an arrow lies on a']);
});

const moments = ({ times }: Model, most = 40): number[] => {
  const step = Math.max(1, Math.ceil(times.length / most));
  return Array.from({ length: Math.ceil(times.length / step) }, (_, at) => at * step);
};

test.each(Object.entries(PROGRAMS))(
  '%s: no box lies on another and no arrow on a box, at any width',
  async (_, program) => {
    const model = modelOf(await recorded(program()));
    expect(model.lanes.length).toBeGreaterThan(1);
    for (const moment of moments(model)) {
      const graph = graphAt(model, moment);
      for (const room of [300, 560, 1000]) {
        for (const most of [Infinity, 120]) expect(faults(placeGraph(graph, room, most))).toEqual([]);
      }
      parseXml(drawGraph(model, moment));
    }
  },
);

test('in a low panel tasks that wait for nobody stand side by side, and what does not fit is drawn smaller', async () => {
  const model = modelOf(await recorded(workers(3)));
  const moment = moments(model, 1000).find((at) => {
    const { nodes, edges } = graphAt(model, at);
    return nodes.length === 4 && edges.length === 0;
  });
  const graph = graphAt(model, moment ?? Number.NaN);
  const [high, low] = [placeGraph(graph, 420), placeGraph(graph, 420, 120)];
  expect([high, low].map(({ boxes }) => new Set(boxes.map(({ x }) => x)).size)).toEqual([1, 3]);
  expect(low.height).toBeLessThanOrEqual(120);
  const sizeAt = (height: number): number[] => {
    const [, wide, tall] =
      /width="([\d.]+)" height="([\d.]+)"/.exec(drawGraph(model, moment ?? 0, { width: 420, height })) ?? [];
    return [Number(wide), Number(tall)];
  };
  expect(sizeAt(80)[1]).toBeLessThan(sizeAt(120)[1] ?? 0);
});

test('the same holds for random programs, and every task has a box or is counted', async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const model = modelOf(await randomRecording(seed));
    for (const moment of moments(model)) {
      const graph = graphAt(model, moment);
      expect(faults(placeGraph(graph, 560))).toEqual([]);
      const alive = model.lanes.filter(({ from, to }) => from <= moment && moment < to).length;
      expect(graph.nodes.reduce((sum, { tasks }) => sum + tasks, graph.hidden)).toBe(alive);
    }
  }
});

/** At each moment: the titles of the boxes to which the arrows of each box lead. */
async function said(program: Coroutine<unknown>): Promise<Readonly<Record<string, string[]>>[]> {
  const model = modelOf(await recorded(program));
  return Array.from(model.times, (_, moment) => {
    const { nodes, edges }: Graph = graphAt(model, moment);
    const titles = new Map(nodes.map((node) => [node.id, node.title]));
    const to = (id: string) => edges.filter(({ from }) => from === id).map((edge) => titles.get(edge.to) ?? '');
    return Object.fromEntries(nodes.map((node) => [node.title, to(node.id)]));
  });
}

test('in a narrow box the number of a line is whole, and a sleep does without what is left of it', async () => {
  const model = modelOf(await recorded(workers(3)));
  const texts = moments(model, 1000).flatMap((at) => [
    ...drawGraph(model, at, { width: 260, height: 90 }).matchAll(/<text class="m"[^>]*>([^<]+)/g),
  ]);
  const lines = new Set(texts.map(([, text = '']) => text));
  expect([...lines].filter((text) => /line/.test(text) && !/line \d+$/.test(text))).toEqual([]);
  expect([...lines].filter((text) => /…/.test(text) && !/ · line \d+$/.test(text))).toEqual([]);
  expect([...lines].some((text) => /sleep\([\d.]+\)$/.test(text))).toBe(true);
});

test('a task that waits for a lock points to the lock, and the lock to its holder', async () => {
  const ring = { Ada: ['lock right'], 'lock right': ['Bob'], Bob: ['lock left'], 'lock left': ['Ada'] };
  expect(await said(deadlock())).toContainEqual(expect.objectContaining(ring));
  const self = { 'eater 0': ['lock fork 0'], 'lock fork 0': ['eater 0'] };
  expect(await said(table(1))).toContainEqual(expect.objectContaining(self));
});

test('a queue, an event and a semaphore have boxes of their own, with their names', async () => {
  const waits = { till: ['queue orders'], Ada: ['event open'], Bob: ['semaphore seats'], 'queue orders': [] };
  expect(await said(shop())).toContainEqual(expect.objectContaining(waits));
});

test('two unnamed queues are two boxes, and all tasks that wait for one of them point to the same box', async () => {
  const program = coroutine(function* () {
    const [one, other] = [new Queue<number>(1), new Queue<number>(1)];
    one.putNowait(1);
    const wait = coroutine(function* (what: Coroutine<unknown>) {
      yield* what;
    });
    const all = [
      named('putter', wait(one.put(2))),
      named('second', wait(one.put(3))),
      named('getter', wait(other.get())),
    ];
    yield* sleep(1);
    for (const task of all) task.cancel();
  });
  const model = modelOf(await recorded(program()));
  const { nodes, edges } = graphAt(model, (model.cancels[0]?.moment ?? 0) - 1);
  const to = (title: string) => edges.find(({ from }) => from === nodes.find((node) => node.title === title)?.id)?.to;
  expect(to('putter')).toMatch(/^thing /);
  expect(to('second')).toBe(to('putter'));
  expect(to('getter')).not.toBe(to('putter'));
  expect(nodes.filter(({ title }) => title === 'queue').map(({ lines }) => lines)).toEqual([
    ['2 tasks wait'],
    ['1 task waits'],
  ]);
});

test('a task group inside a timeout, and a gather inside waitFor, point to each of their tasks', async () => {
  expect(await said(grouped())).toContainEqual(expect.objectContaining({ 'Task-1': ['a', 'b', 'c'] }));
  const inner = coroutine(function* () {
    yield* waitFor(gather(nap('c'), gather(nap('d'))), 5);
  });
  expect(await said(inner())).toContainEqual(expect.objectContaining({ 'Task-1': ['c', 'd'] }));
});

test('tasks that do the same share one box, which says how many; tasks in a deadlock never do', async () => {
  const model = modelOf(await recorded(workers(30)));
  const middle = graphAt(model, Math.floor(model.times.length / 3));
  expect(middle.nodes.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(31);
  expect(middle.nodes.length).toBeLessThan(8);
  const round = modelOf(await recorded(table(7)));
  const stuck = graphAt(round, (round.cancels[0]?.moment ?? 0) - 1).nodes.filter((node) => node.stuck);
  expect(stuck.filter(({ tasks }) => tasks === 1).length).toBe(7);
});

test('a panel of the least height holds the graph at every moment, with few tasks and with many', async () => {
  for (const program of [workers(3), workers(6), workers(12)]) {
    const model = modelOf(await recorded(program));
    for (const width of [380, 880]) {
      const { full, least } = heightOfGraph(model, width);
      expect(least).toBeLessThan(full);
      for (let moment = 0; moment < model.times.length; moment++) {
        const svg = drawGraph(model, moment, { width, height: least });
        expect(Number(/height="([\d.]+)" role/.exec(svg)?.[1])).toBeLessThanOrEqual(least + 0.1);
      }
    }
  }
});
