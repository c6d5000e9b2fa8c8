// The static lanes, as a page without scripts shows them: well-formed, nothing covers anything else, true to the trace.

import { expect, test } from '@jest/globals';
import { fittedName, textWidth } from '../../../runtime/picture/draw/svg-text.ts';
import { drawLanes, drawStill } from '../../../runtime/picture/lanes/lane-document.ts';
import { drawView } from '../../../runtime/picture/lanes/lanes.ts';
import { summaryOf } from '../../../runtime/picture/lanes/summary.ts';
import { modelOf } from '../../../runtime/picture/model/from-records.ts';
import { stretchAt } from '../../../runtime/picture/model/model.ts';
import { randomRecording, recorded, recordingOf } from '../recorded.ts';
import { mixed, workers } from '../samples.ts';
import { all, type Node, parseXml } from '../xml.ts';

const number = (node: Node, name: string): number => Number(node.attributes[name] ?? 0);
const bars = (svg: string): Node[] =>
  all(parseXml(svg)).flatMap((node) => (node.attributes.class === 'bars' ? node.children : []));

test('names, waits and errors with markup in them are text in a well-formed document', async () => {
  const { svg } = drawLanes(modelOf(await recorded(mixed())));
  const document = parseXml(svg);
  expect(svg).not.toContain('<script');
  expect(all(document).some(({ text }) => text === '</text><script>')).toBe(true);
  expect(all(document).some(({ text }) => text.includes('Error: <script>alert(1)</script> & more'))).toBe(true);
});

test('control characters and lone surrogates, which XML forbids, do not break the document', () => {
  const place = { coroutine: 1, name: 'f' };
  const created = { type: 'created', task: 1, time: 0, iteration: 1, parent: null, owner: null, place } as const;
  const { svg } = drawLanes(modelOf(recordingOf([{ ...created, name: 'a\u0000b\ud800c\u001b[31m' }])));
  expect([...svg].filter((character) => character < ' ')).toEqual([]);
  expect(svg.isWellFormed()).toBe(true);
});

test.each([3, 30, 300])('with %i tasks no bar or name covers another, and none leaves the picture', async (count) => {
  const { svg, layout } = drawLanes(modelOf(await recorded(workers(count))));
  const rows = new Map<number, { from: number; to: number }[]>();
  for (const bar of bars(svg)) {
    const [y, x, width] = [number(bar, 'y'), number(bar, 'x'), number(bar, 'width')];
    expect(x + width).toBeLessThanOrEqual(layout.width);
    const row = rows.get(y) ?? [];
    rows.set(y, row);
    expect(x).toBeGreaterThanOrEqual((row.at(-1)?.to ?? 0) - 0.21);
    row.push({ from: x, to: x + width });
  }
  const names = all(parseXml(svg)).filter(({ name, text }) => name === 'text' && text.startsWith('worker-'));
  expect(names.length).toBe(count);
  for (const [at, label] of names.entries()) {
    expect(number(label, 'x') + textWidth(label.text, number(label, 'font-size'))).toBeLessThan(layout.left);
    const next = names[at + 1];
    if (next !== undefined)
      expect(number(next, 'y') - number(label, 'y')).toBeGreaterThanOrEqual(number(label, 'font-size'));
  }
});

test.each([
  [3, 300],
  [30, 320],
  [300, 360],
])(
  '%i tasks in a window of %i pixels: names stand above the bars or beside them, none covers another',
  async (count, width) => {
    const { svg, layout } = drawLanes(modelOf(await recorded(workers(count))), { width });
    const names = all(parseXml(svg)).filter(({ name, text }) => name === 'text' && text.startsWith('worker-'));
    expect(names.length).toBe(count);
    const boxes = bars(svg).filter(({ name }) => name === 'rect');
    for (const [at, label] of names.entries()) {
      const [y, size] = [number(label, 'y'), number(label, 'font-size')];
      expect(size).toBeGreaterThanOrEqual(11);
      expect(y - (names[at - 1] ? number(names[at - 1] as Node, 'y') : 0)).toBeGreaterThanOrEqual(size);
      if (!layout.size.stacked) continue;
      const on = boxes.filter(
        (bar) => number(bar, 'y') < y + 2 && number(bar, 'y') + number(bar, 'height') > y - size * 0.8,
      );
      expect(on).toEqual([]);
    }
    expect(layout.size.stacked).toBe(count <= 45);
  },
);

test('the loop is one row in which no step covers another, and its queue is drawn with its greatest length', async () => {
  const model = modelOf(await recorded(workers(6)));
  const loop = all(parseXml(drawLanes(model).svg)).find(({ attributes }) => attributes.class === 'loop');
  expect(loop?.children[0]?.text).toBe(
    'The loop: steps of all tasks, one at a time. At most 6 tasks in the ready queue.',
  );
  const paths = Object.fromEntries(loop?.children.map(({ attributes }) => [attributes.class, attributes.d]) ?? []);
  const steps = [...(paths.run ?? '').matchAll(/M([\d.]+) [\d.]+h([\d.]+)/g)].map(([, x, wide]) => [
    Number(x),
    Number(wide),
  ]);
  expect(steps.length).toBeGreaterThan(5);
  for (const [at, [x = 0]] of steps.entries()) {
    const [before = 0, wide = 0] = steps[at - 1] ?? [];
    expect(x).toBeGreaterThan(before + wide);
  }
  const tops = [...(paths.rdy ?? '').matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
  expect(Math.max(...tops) - Math.min(...tops)).toBe(11);
});

test('for a page that scrolls the axis is a drawing of its own', async () => {
  const model = modelOf(await recorded(workers(3)));
  const { html, layout } = drawView(model, summaryOf(model), { width: 500 });
  const [above, below] = html.split(/(?<=<\/svg>)/).map(parseXml);
  expect(number(above as Node, 'height')).toBe(layout.head.bottom);
  expect(number(below as Node, 'height')).toBe(layout.height - layout.head.bottom);
  const ticks = (node: Node | undefined) => all(node as Node).filter(({ attributes }) => attributes.class === 'm tick');
  expect(ticks(above).length).toBe(layout.axis.ticks.length);
  expect(ticks(below)).toEqual([]);
});

test('the image that a notebook stores is short, and has every lane, each state and each end', async () => {
  const model = modelOf(await recorded(mixed()));
  const svg = drawStill(model, { width: 760 });
  const drawn = all(parseXml(svg));
  for (const { name } of model.lanes) expect(drawn.some(({ text }) => text === name)).toBe(true);
  for (const state of ['new', 'rdy', 'run', 'sus']) {
    expect(drawn.some(({ attributes }) => attributes.class === `bar ${state}`)).toBe(true);
  }
  expect(drawn.filter(({ attributes }) => attributes.class === 'failed end').length).toBe(1);
  expect(svg.length).toBeLessThan(drawLanes(model).svg.length * 0.55);
  expect(svg).toContain('.bar.sus{stroke:url(#h)}');
  expect(svg).not.toMatch(/<title>|\.lost/);
});

test('words on the bars stay on their bars', async () => {
  const { svg } = drawLanes(modelOf(await recorded(workers(12))));
  const words = all(parseXml(svg)).filter(({ attributes }) => attributes.class === 'halo wait');
  expect(words.length).toBeGreaterThan(10);
  for (const word of words) {
    const end = number(word, 'x') + textWidth(word.text, number(word, 'font-size'));
    expect(end).toBeLessThanOrEqual(number(word, 'data-x') + number(word, 'data-w'));
  }
});

test('in random programs exactly one lane is solid wherever a step is drawn', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const model = modelOf(await randomRecording(seed));
    const { svg } = drawLanes(model);
    const solid = bars(svg)
      .filter(({ attributes }) => attributes.class === 'run')
      .map((bar) => ({ from: number(bar, 'x'), to: number(bar, 'x') + number(bar, 'width') }))
      .sort((a, b) => a.from - b.from);
    for (const [at, one] of solid.entries()) expect(solid[at + 1]?.from ?? 1e9).toBeGreaterThanOrEqual(one.to - 0.21);
    const steps = model.lanes.flatMap(({ stretches }) => stretches.filter(({ state }) => state === 'running'));
    expect(solid.length).toBe(steps.length);
  }
});

test('a step that takes no time, as under the virtual clock, is visible', async () => {
  const { svg } = drawLanes(modelOf(await recorded(workers(3))));
  const steps = bars(svg).filter(({ attributes }) => attributes.class === 'run');
  for (const step of steps) expect(number(step, 'width')).toBeGreaterThan(3);
});

test('an empty trace, an unfinished one, and one whose clock jumps make sensible pictures', async () => {
  const empty = drawLanes(modelOf(recordingOf([])));
  expect(empty.svg).toContain('Nothing was traced');
  parseXml(empty.svg);
  const whole = await recorded(workers(3));
  const half = modelOf(recordingOf(whole.records.slice(0, 12)));
  expect(drawLanes(half).svg).toMatch(/4 tasks not finished when the trace ended/);
  const jumping = whole.records.map((one, at) => ({ ...one, time: at % 2 === 0 ? one.time : one.time + 1e6 }));
  const jumped = modelOf(recordingOf(jumping));
  expect(drawLanes(jumped).svg).not.toMatch(/NaN|Infinity/);
  parseXml(drawLanes(jumped).svg);
});

test('an hour between two cells takes up little room', () => {
  const place = { coroutine: 1, name: 'f' };
  const life = (task: number, time: number) =>
    [
      { type: 'created', task, time, iteration: 1, name: `cell ${task}`, parent: null, owner: null, place },
      { type: 'running', task, time: time + 0.1, iteration: 1 },
      { type: 'done', task, time: time + 0.9, iteration: 1, outcome: 'result' },
    ] as const;
  const model = modelOf(recordingOf([...life(1, 0), ...life(2, 3600)]));
  const { axis } = drawLanes(model).layout;
  expect(axis.x(3) - axis.x(2)).toBeLessThan(axis.width * 0.1);
  expect(axis.x(2) - axis.x(0)).toBeGreaterThan(axis.width * 0.4);
});

test('the picture says how many records were dropped and how many lanes are not drawn', async () => {
  const recording = await recorded(workers(5));
  expect(drawLanes(modelOf({ ...recording, dropped: 12 })).svg).toContain('12 later records were dropped');
  const few = drawLanes(modelOf(recording), { lanes: 2 });
  expect(few.svg).toContain('4 more tasks not drawn');
  expect(few.layout.rows.length).toBe(2);
});

test('no word leaves the narrowest or the widest picture', async () => {
  const model = modelOf(await recorded(mixed()));
  for (const width of [340, 2400]) {
    const { svg } = drawLanes(model, { width });
    for (const node of all(parseXml(svg)).filter(({ name }) => name === 'text')) {
      const length = textWidth(node.text, number(node, 'font-size'));
      const middle = node.attributes['text-anchor'] === 'middle';
      expect(number(node, 'x') + (middle ? length / 2 : length)).toBeLessThanOrEqual(width + 1);
    }
  }
});

test('the picture shows at each place what the model says of that moment', async () => {
  const model = modelOf(await recorded(workers(4)));
  const { layout } = drawLanes(model);
  for (const lane of model.lanes) {
    for (const stretch of lane.stretches) {
      expect(stretchAt(lane, stretch.from)).toBe(stretch);
      expect(layout.axis.x(stretch.to)).toBeGreaterThanOrEqual(layout.axis.x(stretch.from));
    }
  }
});

test('a hundred thousand forgotten coroutines, or a lane with as many steps, still make a small picture', async () => {
  const recording = await recorded(workers(2));
  const lost = { name: 'lost', message: '', file: 'Cell [1]', line: 1, moment: 0 };
  const { svg } = drawLanes(modelOf({ ...recording, forgotten: new Array(100_000).fill(lost) }));
  expect(svg).toContain('99996 more were never awaited');
  expect(svg.length).toBeLessThan(40_000);
  const place = { coroutine: 1, name: 'f' };
  const created = {
    type: 'created',
    task: 1,
    time: 0,
    iteration: 1,
    name: 'busy',
    parent: null,
    owner: null,
    place,
  } as const;
  const steps = Array.from({ length: 100_000 }, (_, at) => ({ task: 1, time: at, iteration: at }) as const).flatMap(
    (base) => [
      { type: 'running', ...base } as const,
      { type: 'suspended', ...base, on: 'sleep(0)', waitsFor: null, place } as const,
    ],
  );
  expect(drawLanes(modelOf(recordingOf([created, ...steps]))).svg.length).toBeLessThan(1_000_000);
});

test('each print is a mark on the lane of the task that printed it, or on the strip of the loop', () => {
  const at = (time: number, task = 1) => ({ time, task, iteration: time }) as const;
  const place = { coroutine: 1, name: 'bake' };
  const model = modelOf(
    recordingOf([
      { type: 'created', ...at(0), name: 'Task-1', parent: null, owner: null, place },
      { type: 'running', ...at(0) },
      { type: 'printed', ...at(1), stream: 'stdout', text: 'dough <i>\n' },
      { type: 'printed', ...at(1, 0), stream: 'stdout', text: 'tick\n' },
      { type: 'done', ...at(2), outcome: 'result' },
    ]),
  );
  const { svg, layout } = drawLanes(model);
  const marks = all(parseXml(svg)).filter(({ attributes }) => attributes.class === 'says');
  expect(marks.map(({ children }) => children[0]?.text)).toEqual([
    'bake prints “dough <i>”',
    'a callback prints “tick”',
  ]);
  const heights = marks.map(({ attributes }) => Number(/^M[\d.]+ ([\d.]+)/.exec(attributes.d ?? '')?.[1]));
  const [lane, strip] = [layout.rows[0]?.y ?? 0, layout.strip ?? 0];
  for (const [index, y] of [lane, strip].entries()) {
    expect(Math.abs((heights[index] ?? 0) - y)).toBeLessThan(layout.size.bar);
  }
});

test('a name that is too long is cut in the middle, since names often differ at their end', () => {
  const width = textWidth('philosopher', 12);
  const cut = ['philosopher number 1', 'philosopher number 2'].map((name) => fittedName(name, width, 12));
  expect(cut).toEqual(['philo…ber 1', 'philo…ber 2']);
  for (const name of cut) expect(textWidth(name, 12)).toBeLessThanOrEqual(width);
  expect(fittedName('short', width, 12)).toBe('short');
});

test('the image has a rule for each class that it draws with, its ground too, and none that it does not use', async () => {
  for (const bare of [false, true]) {
    const svg = drawStill(modelOf(await recorded(mixed())), { width: 760, bare });
    const style = /<style>(.*?)<\/style>/s.exec(svg)?.[1] ?? '';
    const used = new Set([...svg.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
    const ruled = new Set([...style.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name));
    for (const name of ['bg', 'run', 'bar', 'sus', 'grid', 'm'])
      expect([name, used.has(name), ruled.has(name)]).toEqual([name, true, true]);
    expect([...ruled].filter((name) => !used.has(name))).toEqual([]);
  }
});
