// trace, timeline, watch and replay as people call them, with a host that records what they show.

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  run,
  sleep,
} from '../../runtime/asyncio/index.ts';
import { replay, Trace, timeline, trace, watch } from '../../runtime/picture/index.ts';
import { type Channel, type Host, host, setHost } from '../../runtime/picture/record/picture-host.ts';
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
let shown: unknown[] = [];
let listeners: Record<string, (data: unknown, channel: Channel) => void> = {};
beforeEach(() => {
  shown = [];
  listeners = {};
  const recording: Host = {
    sourceOf: () => undefined,
    lineOf: (values) => values.map(String).join(' '),
    show: (value) => void shown.push(value),
    showLive: (value) => {
      shown.push(value);
      return { update: (newer) => void shown.push(newer) };
    },
    listen: (target, call) => {
      listeners[target] = call;
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

test('a trace shows itself as HTML, SVG and text', async () => {
  const traced = await run(trace(add(1, 2)), { clock: 'virtual' });
  const bundle = (traced as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.();
  expect(Object.keys(bundle ?? {})).toEqual(['text/html', 'image/svg+xml', 'text/plain']);
  parseXml(bundle?.['image/svg+xml'] ?? '');
  expect(bundle?.['text/html']?.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
});

test('if scripts, styles and inline SVG are stripped, only an image of the lanes and their text are left', async () => {
  const traced = await run(trace(add(1, 2)), { clock: 'virtual' });
  const left = traced.html().replaceAll(/<(script|style)>[\s\S]*?<\/\1>/g, '');
  expect(left).not.toMatch(/<svg|<button|<h\d/);
  const [, said, data = ''] = /<img [^>]*alt="([^"]+)" src="data:image\/svg\+xml;base64,([^"]+)">/.exec(left) ?? [];
  expect(said).toMatch(/^adding: 1 task, .*; as text below$/);
  const drawings = [
    data,
    ...[...left.matchAll(/srcset="data:image\/svg\+xml;base64,([^"]+)"/g)].map(([, one]) => one ?? ''),
  ];
  // For phones, for wide pages, and for whatever lies between or strips <picture>.
  const widths = drawings.map((one) => {
    const drawn = parseXml(Buffer.from(one, 'base64').toString());
    expect(all(drawn).some(({ text }) => text === 'adding')).toBe(true);
    return Number(drawn.attributes.width);
  });
  expect(widths).toEqual([600, 320, 960]);
  expect(left.replaceAll(/<pre>[\s\S]*<\/pre>/g, '').replaceAll(/<[^>]*>/g, '')).toBe('as text');
  expect(left).toMatch(/<pre>adding: 1 task/);
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

test('replay shows itself as an image, which keeps its style and moves even if inline SVG is stripped', async () => {
  const figure = replay(new Trace(await recorded(workers(2))));
  const bundle = (figure as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.();
  const [, said, data = ''] =
    /<img [^>]*alt="([^"]+)" src="data:image\/svg\+xml;base64,([^"]+)">/.exec(bundle?.['text/html'] ?? '') ?? [];
  expect(said).toContain('worker-0 ');
  expect(Buffer.from(data, 'base64').toString()).toBe(figure.svg());
});

test('replay accepts any trace: of a task that fails at once, and of random programs', async () => {
  parseXml(replay(new Trace(await recorded(fail()))).svg());
  for (let seed = 1; seed < 12; seed++) parseXml(replay(new Trace(await randomRecording(seed))).svg());
});
