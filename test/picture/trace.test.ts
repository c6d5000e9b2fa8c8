// trace, timeline, watch and replay as people call them, with a host that records what they show.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  Event,
  gather,
  getRunningLoop,
  Runner,
  run,
  sleep,
  type Task,
} from '../../runtime/asyncio/index.ts';
import { packedText, READER } from '../../runtime/picture/draw/packed-text.ts';
import { replay, Trace, timeline, trace, watch } from '../../runtime/picture/index.ts';
import { PARTS } from '../../runtime/picture/player/parts.ts';
import { type Channel, type Heard, type Host, host, setHost } from '../../runtime/picture/record/picture-host.ts';
import { randomRecording, recorded } from './recorded.ts';
import { workers } from './samples.ts';
import { all, parseXml } from './xml.ts';

const add = coroutine(function* adding(a: number, b: number) {
  yield* sleep(1);
  return a + b;
});
const fail = coroutine(function* failing() {
  yield* sleep(0);
  throw new TypeError('bad');
});
const before = host();
const hearers = new Set<Heard>();
let shown: unknown[] = [];
let listeners: Record<string, (data: unknown, channel: Channel) => void> = {};
beforeEach(() => {
  shown = [];
  listeners = {};
  const recording: Host = {
    sourceOf: () => undefined,
    show: (value) => void shown.push(value),
    showLive: (value) => {
      shown.push(value);
      return { update: (newer) => void shown.push(newer) };
    },
    listen: (target, call) => {
      listeners[target] = call;
    },
    bringsPlayer: () => true,
    kernel: '',
    onlyWidgets: false,
    stopHere: () => undefined,
    hear: (heard) => {
      hearers.add(heard);
      return () => void hearers.delete(heard);
    },
  };
  setHost(recording);
});
afterEach(() => setHost(before));

test('trace has the result, and lanes for the coroutine and the tasks that it spawned but for no others', async () => {
  const main = coroutine(function* () {
    createTask(sleep(5), { name: 'other' });
    return yield* trace(add(1, 2));
  });
  const traced = await run(main(), { clock: 'virtual' });
  expect(traced.result).toBe(3);
  expect(traced.model.lanes.map(({ name, ending }) => [name, ending])).toEqual([['adding', 'done']]);
});

test('what the coroutine throws is shown, and reading result throws it', async () => {
  const traced = await run(trace(fail()), { clock: 'virtual' });
  expect(() => traced.result).toThrow('bad');
  expect(traced.error).toBeInstanceOf(TypeError);
  expect(String(traced)).toContain('failing failed: TypeError: bad');
});

test('a cancellation of the task that awaits trace goes on', async () => {
  const main = coroutine(function* () {
    const task = createTask(trace(sleep(5)));
    yield* sleep(1);
    task.cancel();
    yield* task;
  });
  await expect(run(main(), { clock: 'virtual' })).rejects.toBeInstanceOf(CancelledError);
});

test('anything but a coroutine is an error that asks whether the call was forgotten', () => {
  expect(() => trace(add as never)).toThrow('a coroutine was expected, got <function adding>');
});

const bundleOf = (value: unknown): Record<string, string> =>
  (value as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.() ?? {};

/** The drawings in a page's images. */
const imagesIn = (html: string): string[] =>
  [...html.matchAll(/<img [^>]*src="data:image\/svg\+xml,([^"]+)">/g)].map(([, data = '']) =>
    decodeURIComponent(data.replaceAll('\n', '')).replaceAll("'", '"'),
  );

test('a trace shows itself as HTML and text, and loads nothing from elsewhere', async () => {
  const bundle = bundleOf(await run(trace(add(1, 2)), { clock: 'virtual' }));
  expect(Object.keys(bundle)).toEqual(['text/html', 'text/plain']);
  expect(bundle['text/html']?.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
});

test('if scripts, styles and inline SVG are stripped, only an image of the lanes and their text are left', async () => {
  const traced = await run(trace(add(1, 2)), { clock: 'virtual' });
  const left = traced.html().replaceAll(/<(script|style)>[\s\S]*?<\/\1>/g, '');
  expect(left).not.toMatch(/<svg|<button|<h\d/);
  expect(/ alt="([^"]+)"/.exec(left)?.[1]).toMatch(/^adding: 1 task, .*; the same as text is below$/);
  const drawings = imagesIn(left).map(parseXml);
  expect(drawings.length).toBe(1);
  expect(all(drawings[0] as ReturnType<typeof parseXml>).some(({ text }) => text === 'adding')).toBe(true);
  expect(
    left
      .replaceAll(/<pre [\s\S]*<\/pre>/g, '')
      .replaceAll(/<[^>]*>/g, '')
      .trim(),
  ).toBe('The same as text');
  expect(left).toMatch(/<pre class="ck-text">adding: 1 task/);
});

test('a stored figure of fewer than 500 events is light, in short lines, and the same for the same trace', async () => {
  const source = `const worker = coroutine(async (n: number) => {\n  await sleep(n);\n});\n`.repeat(20);
  const busy = coroutine(function* busy() {
    for (let at = 0; at < 8; at++) for (const heard of hearers) heard('stdout', `line ${at} of the output\n`);
    yield* workers(36);
  });
  const recording = { ...(await recorded(busy())), sourceOf: () => source };
  expect(recording.records.length).toBeGreaterThan(450);
  expect(recording.records.length).toBeLessThan(500);
  for (const one of [new Trace(recording), replay(new Trace(recording))]) {
    const bundle = bundleOf(one);
    expect(Buffer.byteLength(JSON.stringify(bundle))).toBeLessThan(40 * 1024);
    for (const line of Object.values(bundle).join('\n').split('\n')) expect(line.length).toBeLessThan(4900);
  }
  expect(bundleOf(new Trace(recording))).toEqual(
    bundleOf(new Trace({ ...recording, records: [...recording.records] })),
  );
});

test('no part of a figure is a section, which a deck of slides would take for a slide of its own', async () => {
  expect(PARTS).not.toContain('<section');
  expect((await run(trace(add(1, 2)), { clock: 'virtual' })).html()).not.toContain('<section');
});

test('text that is packed for a page is read there as it was, whatever is in it', async () => {
  const read = new Function(`return ${READER}`)() as (signs: string, bytes: number) => Promise<string>;
  for (const text of [
    '',
    'a',
    '</script><!--"\\ é 😀',
    JSON.stringify(await recorded(workers(9)), (_, value) => value ?? 0),
  ]) {
    const packed = packedText(text);
    expect(packed).not.toMatch(/<|\\/);
    expect(await (new Function('read', `return read(${packed})`)(read) as Promise<string>)).toBe(text);
  }
});

const print = (text: string): void => {
  for (const heard of hearers) heard('stdout', `${text}\n`);
};
const bake = coroutine(function* baking(what: string) {
  print(`${what} in`);
  yield* sleep(1);
  print(`${what} out`);
  return what;
});

test('what is printed belongs to the trace, with the task that printed it, and nothing that others print', async () => {
  const other = coroutine(function* other() {
    yield* sleep(0.5);
    print('other');
  });
  const main = coroutine(function* main() {
    createTask(other());
    const both = coroutine(function* both() {
      yield* gather(bake('bread'), bake('cake'));
      getRunningLoop().callSoon(() => print('callback'));
      yield* sleep(0);
      yield* sleep(0);
    });
    const traced = yield* trace(both());
    print('later');
    return traced;
  });
  const { model, ...traced } = await run(main(), { clock: 'virtual' }).then((one) => ({
    model: one.model,
    text: String(one),
  }));
  const names = new Map(model.lanes.map(({ task, name }) => [task, name]));
  expect(model.prints.map(({ task, text }) => [task === null ? null : names.get(task), text])).toEqual([
    ['baking', 'bread in\n'],
    ['baking 2', 'cake in\n'],
    ['baking', 'bread out\n'],
    ['baking 2', 'cake out\n'],
    [null, 'callback\n'],
  ]);
  expect(traced.text).toContain('baking 2 prints “cake out”\na callback prints “callback”');
  expect(hearers.size).toBe(0);
});

test('outside of notebooks what goes to standard output is heard too, and still printed unless it is taken', () => {
  const heard: string[] = [];
  const written: unknown[] = [];
  const real = process.stdout.write;
  process.stdout.write = (chunk: unknown) => written.push(chunk) > 0;
  try {
    const stop = before.hear((stream, text) => heard.push(`${stream} ${text}`) > 1);
    process.stdout.write('one');
    process.stdout.write('taken');
    stop();
    process.stdout.write('two');
  } finally {
    process.stdout.write = real;
  }
  expect([heard, written]).toEqual([
    ['stdout one', 'stdout taken'],
    ['one', 'two'],
  ]);
});

test('a gather and a task are traced as they are, each lane under the name of its coroutine', async () => {
  const main = coroutine(function* main() {
    const both = yield* trace(gather(bake('bread'), bake('cake')));
    const task = createTask(bake('tart'));
    yield* sleep(0.5);
    return [both, yield* trace(task)] as const;
  });
  const [both, one] = await run(main(), { clock: 'virtual' });
  expect(both.result).toEqual(['bread', 'cake']);
  expect(both.model.lanes.map(({ name, depth }) => [name, depth])).toEqual([
    ['gather of 2', 0],
    ['baking', 1],
    ['baking 2', 1],
  ]);
  expect(both.model.prints.length).toBe(4);
  expect([one.result, one.model.lanes.map(({ name, found }) => [name, found])]).toEqual(['tart', [['baking', true]]]);
});

test('what cannot be traced is refused, and the error says what to write', () => {
  const remedyOf = (value: unknown): string => {
    try {
      trace(value as never);
      return 'nothing';
    } catch (error) {
      return [String(error), ...((error as { notes?: string[] }).notes ?? [])].join(' ');
    }
  };
  const plain = async () => {};
  expect(remedyOf(Promise.resolve())).toMatch(
    /a coroutine was expected.* Write trace\(coroutine\(async \(\) => …\)\(\)\)/,
  );
  expect(remedyOf(bake)).toMatch(/Did you forget to call it: trace\(\w*\(\)\)\?/);
  expect(remedyOf(plain)).toMatch(/Write trace\(coroutine\(plain\)\(\)\)/);
  expect(() => trace(bake('x'), { view: 'tall' as never })).toThrow(
    "view: 'lanes' or 'slide' or 'full' was expected, got 'tall'",
  );
  const forgotten = trace(bake('x'));
  expect(() => replay(forgotten as never)).toThrow('Write await in front: replay(await trace(main()))');
  expect((forgotten as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')]?.()).toEqual({
    'text/plain': 'Nothing ran yet: this is a coroutine object. Write await in front: await trace(baking())',
  });
  forgotten.close();
});

test('trace.cell shows the picture once, when the task that called it ends', async () => {
  const cell = coroutine(function* cell() {
    trace.cell();
    yield* add(1, 2);
    expect(shown).toEqual([]);
  });
  await run(cell(), { clock: 'virtual' });
  expect(shown.length).toBe(1);
  expect((shown[0] as Trace).model.lanes.map(({ ending }) => ending)).toEqual(['done']);
});

test('trace.cell shows earlier tasks once the cell awaits, wakes or cancels them, and those that they await; no others', async () => {
  const cells = coroutine(function* earlier() {
    const baker = createTask(sleep(3), { name: 'baker' });
    const shop = createTask(waiting(baker), { name: 'shop' });
    const seller = createTask(serve(), { name: 'seller' });
    const idle = createTask(sleep(60), { name: 'idle' });
    const dull = createTask(sleep(60), { name: 'dull' });
    yield* sleep(1);
    yield* createTask(cell(shop, idle), { name: 'cell' });
    for (const task of [seller, dull]) task.cancel();
  });
  const gate = new Event();
  const waiting = coroutine(function* waiting(task: Task<void>) {
    yield* task;
  });
  const serve = coroutine(function* serve() {
    yield* gate.wait();
    yield* sleep(1);
  });
  const cell = coroutine(function* cell(shop: Task<void>, idle: Task<void>) {
    trace.cell();
    gate.set();
    idle.cancel();
    yield* shop;
  });
  await run(cells(), { clock: 'virtual' });
  const { lanes } = (shown[0] as Trace).model;
  expect(lanes.map(({ name, ending }) => [name, ending])).toEqual([
    ['cell', 'done'],
    ['seller', 'done'],
    ['idle', 'cancelled'],
    ['shop', 'done'],
    ['baker', 'done'],
  ]);
  expect(String(shown[0])).toMatch(/cell: waits for task shop/);
});

test('timeline says if nothing was traced, shows what was traced since trace.on, and keeps it after trace.off', async () => {
  const main = coroutine(function* main() {
    expect(String(timeline())).toMatch(/^Nothing was traced: tracing is off\. Call trace\.on\(\)/);
    trace.on();
    yield* createTask(add(1, 2), { name: 'adding' });
    expect(timeline().model.lanes.map(({ name }) => name)).toContain('adding');
    trace.off();
    yield* createTask(add(1, 2), { name: 'later' });
    return timeline();
  });
  const after = await run(main(), { clock: 'virtual' });
  expect(after.model.lanes.map(({ name }) => name)).toContain('adding');
  expect(after.model.lanes.map(({ name }) => name)).not.toContain('later');
});

test('two traces at once see the same, and leave the loop untraced when they end', async () => {
  const main = coroutine(function* () {
    trace.on();
    const traced = yield* trace(add(1, 2));
    const whole = trace.off();
    return [traced.model.lanes.length, whole.model.lanes.some(({ name }) => name === 'adding'), getRunningLoop().trace];
  });
  expect(await run(main(), { clock: 'virtual' })).toEqual([1, true, undefined]);
});

test('a full trace keeps as many records as its limit, and says how many it dropped', async () => {
  const traced = await run(trace(workers(20), { limit: 100 }), { clock: 'virtual' });
  expect(traced.recording.records.length).toBe(100);
  expect(String(traced)).toMatch(/The trace was full: \d+ later records were dropped/);
});

test('a coroutine that was never awaited is in the picture', async () => {
  const recording = await recorded(add(1, 2));
  const lost = { name: 'hello', message: '', file: 'Cell [1]', line: 3, moment: 2 };
  const drawn = new Trace({ ...recording, forgotten: [lost] });
  expect(drawn.svg()).toContain('coroutine &#39;hello&#39; was never awaited (Cell [1], line 3)');
  expect(String(drawn)).toContain("coroutine 'hello' was never awaited");
});

test('a coroutine that is still not awaited when the trace ends is in the picture, which says so', async () => {
  const kept: unknown[] = [];
  const early = add(0, 0);
  const main = coroutine(function* main() {
    kept.push(add(1, 2));
    const later = add(3, 4);
    yield* sleep(1);
    yield* later;
    kept.push(fail());
  });
  const traced = await run(trace(main()), { clock: 'virtual' });
  expect(traced.recording.forgotten.map(({ name, held }) => [name, held])).toEqual([
    ['adding', true],
    ['failing', true],
  ]);
  expect(String(traced)).toContain("coroutine 'adding' was not awaited by the end of the trace");
  for (const one of [early, ...kept] as (typeof early)[]) one.close();
});

test('watch shows each task, updates when something changes, and its button cancels the task', async () => {
  const main = coroutine(function* main() {
    const napping = createTask(sleep(60), { name: 'napping <b>' });
    yield* sleep(0);
    const live = watch({ every: 0.1 });
    const first = shown[0] as { toString(): string } & Record<symbol, () => Record<string, string>>;
    expect(String(first)).toMatch(/napping <b>\s+suspended\s+sleep\(60\)/);
    expect(String(first)).toMatch(/^2 tasks: 1 running, 1 suspended\n/);
    const html = first[Symbol.for('Jupyter.display')]?.()['text/html'] ?? '';
    expect(html).toContain('napping &lt;b&gt;');
    expect(html).toContain(`data-task="${napping.id}"`);
    const watching = /&quot;watch&quot;:&quot;([^&]+)&quot;/.exec(html)?.[1];
    const answers: unknown[] = [];
    const press = (data: unknown): void =>
      listeners['cokernel.watch']?.(data, { send: () => {}, close: (answer) => void answers.push(answer) });
    press('nonsense');
    // A button of a table that an earlier process showed with the same number.
    press({ watch: 1, task: napping.id });
    press({ watch: watching?.replace(/^\d+/, '1'), task: napping.id });
    expect(napping.cancelling()).toBe(0);
    press({ watch: watching, task: napping.id });
    expect(answers).toEqual([false, false, false, true].map((cancelled) => ({ cancelled })));
    yield* sleep(0);
    expect(napping.cancelled() || napping.cancelling() > 0).toBe(true);
    live.stop();
    expect(String(shown.at(-1))).toMatch(/when watching ended/);
    return currentTask()?.getName();
  });
  expect(await run(main())).toBe('Task-1');
});

test('a table that is shown before there is any task waits for the first, and ends with the last', async () => {
  const runner = new Runner();
  const tables = (): string => shown.map(String).join();
  const napping = coroutine(function* napping() {
    const first = createTask(sleep(60), { name: 'first' });
    while (!tables().includes('first')) yield* sleep(0.01);
    first.cancel();
  });
  const begin = coroutine(function* begin() {
    yield* sleep(0);
    return watch({ every: 0.1 });
  });
  const watching = await runner.run(begin());
  // Nothing runs for longer than it takes the table to look again.
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(tables()).not.toContain('when watching ended');
  await runner.run(napping());
  expect(tables()).toMatch(/first\s+suspended\s+sleep\(60\)/);
  watching.stop();
  runner.close();
});

test('replay draws each run with its time and its workers, whose hammers fall one at a time', async () => {
  const [one, many] = [new Trace(await recorded(add(1, 2))), new Trace(await recorded(workers(3)))];
  const figure = replay(one, many);
  const svg = parseXml(figure.svg());
  expect(svg.name).toBe('svg');
  expect(figure.svg()).toContain('animateTransform');
  expect(figure.poster()).not.toContain('animate');
  parseXml(figure.poster());
  for (const text of ['worker-0', 'worker-2', '1 s']) expect(figure.poster()).toContain(`>${text}<`);
  for (const [, times = ''] of figure.svg().matchAll(/keyTimes="([^"]*)"/g)) {
    const found = times.split(';').map(Number);
    expect([found[0], found.at(-1)]).toEqual([0, 1]);
    expect([...found].sort((a, b) => a - b)).toEqual(found);
  }
  expect(() => replay()).toThrow(/a trace was expected/);
});

test('replay shows itself as an image, which moves even if inline SVG is stripped; without its movement it is the still one', async () => {
  const figure = replay(new Trace(await recorded(workers(2))));
  const html = bundleOf(figure)['text/html'] ?? '';
  expect(/ alt="([^"]+)"/.exec(html)?.[1]).toContain('worker-0 ');
  const [image = '', ...others] = imagesIn(html);
  expect(others).toEqual([]);
  const marks = (svg: string): string[] => all(parseXml(svg)).map(({ name }) => name);
  const [moving, still] = [marks(image), marks(figure.poster()).slice(2)];
  expect(moving.filter((name) => name.startsWith('animate')).length).toBeGreaterThan(5);
  expect(moving.filter((name) => !/^(?:animate|use$)/.test(name)).length).toBeGreaterThan(still.length - 5);
  // What is done for people who prefer that nothing moves.
  const calm = new Function('matchMedia', 'document', /<script>(.*)<\/script>/s.exec(html)?.[1] ?? '');
  const element = { src: /src="([^"]*)"/.exec(html)?.[1] ?? '' };
  calm(() => ({ matches: true }), { querySelectorAll: () => [element] });
  const calmed = decodeURIComponent(element.src.replaceAll('\n', ''));
  expect(calmed).not.toContain('animate');
  expect(marks(calmed.replace(/^data:image\/svg\+xml,/, '').replaceAll("'", '"'))).toEqual(
    moving.filter((name) => !name.startsWith('animate')),
  );
});

test('replay is saved as a picture or a page, and any other ending is refused', async () => {
  const figure = replay(new Trace(await recorded(workers(2))));
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  try {
    figure.save(join(folder, 'x.svg'));
    figure.save(join(folder, 'x.html'));
    expect(readFileSync(join(folder, 'x.svg'), 'utf8')).toBe(figure.svg());
    expect(readFileSync(join(folder, 'x.html'), 'utf8')).toContain('<img class="ck-still"');
    expect(() => figure.save(join(folder, 'x.csv'))).toThrow(
      /ending in \.svg, \.png, \.html was expected, got '.*x\.csv'/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('replay accepts any trace: of a task that fails at once, and of random programs', async () => {
  parseXml(replay(new Trace(await recorded(fail()))).svg());
  for (let seed = 1; seed < 12; seed++) parseXml(replay(new Trace(await randomRecording(seed))).svg());
});
