// Traces as files for other tools: Perfetto, CSV, JSON, PNG, and the files of `--trace`.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { inColours } from '../../runtime/picture/draw/png.ts';
import { DARK, LIGHT } from '../../runtime/picture/draw/theme.ts';
import { type TraceEvent, toPerfetto } from '../../runtime/picture/export/perfetto.ts';
import { modelOf } from '../../runtime/picture/model/from-records.ts';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { randomRecording, recorded } from './recorded.ts';
import { deadlock, mixed } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'cokernel-picture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const slices = (events: readonly TraceEvent[], tid: number): TraceEvent[] =>
  events.filter((event) => event.ph === 'X' && event.tid === tid);

/** Whole nanoseconds, as Perfetto keeps them. */
const nanos = (micros = Number.NaN): number => Math.round(micros * 1000);

/** The slice to which the format binds an arrow's end: one that is open at that time, or begins then. */
const enclosing = (events: readonly TraceEvent[], { tid, ts }: TraceEvent): TraceEvent | undefined =>
  slices(events, tid).find((slice) => nanos(slice.ts) <= nanos(ts) && nanos(ts) < nanos(slice.ts) + nanos(slice.dur));

const traces = async () => [
  await recorded(mixed()),
  await recorded(mixed(), 'real'),
  ...(await Promise.all([7, 8, 9].map(randomRecording))),
];

test('events for Perfetto have documented phases and the fields that these need, and slices of a thread do not overlap', async () => {
  const needs: Readonly<Record<string, readonly string[]>> = {
    M: ['args'],
    X: ['ts', 'dur', 'cat'],
    i: ['ts', 's', 'cat'],
    s: ['ts', 'id', 'cat'],
    f: ['ts', 'id', 'cat', 'bp'],
  };
  for (const recording of await traces()) {
    const { traceEvents } = toPerfetto(modelOf(recording));
    const ends = new Map<number, number>();
    for (const event of traceEvents) {
      expect(Object.keys(event)).toEqual(
        expect.arrayContaining(['name', 'pid', 'tid', ...(needs[event.ph] ?? ['no'])]),
      );
      if (event.ph !== 'M') expect(event.ts).toBeGreaterThanOrEqual(0);
      // Otherwise Perfetto takes the task for the process's main thread.
      expect(event.tid).not.toBe(event.pid);
      if (event.ph !== 'X') continue;
      expect(event.dur).toBeGreaterThan(0);
      expect(event.ts).toBeGreaterThanOrEqual((ends.get(event.tid) ?? 0) - 0.001);
      ends.set(event.tid, (event.ts ?? 0) + (event.dur ?? Number.NaN));
    }
  }
});

test('in Perfetto each task is a thread with its name, in the order of the lanes', async () => {
  const model = modelOf(await recorded(mixed()));
  const { traceEvents } = toPerfetto(model);
  const metas = (kind: string) => traceEvents.filter(({ ph, name }) => ph === 'M' && name === kind);
  expect(metas('thread_name').map(({ tid, args }) => [tid, args?.name])).toEqual(
    model.lanes.map(({ task, name }) => [task, name]),
  );
  expect(metas('thread_sort_index').map(({ tid, args }) => [tid, args?.sort_index])).toEqual(
    model.lanes.map(({ task }, at) => [task, at]),
  );
});

test("in Perfetto an arrow leads from a running slice, even a task's last one, to the slice that it wakes or cancels", async () => {
  for (const recording of await traces()) {
    const model = modelOf(recording);
    const { traceEvents } = toPerfetto(model);
    const starts = traceEvents.filter(({ ph }) => ph === 's');
    for (const start of starts) {
      const end = traceEvents.find(({ ph, id }) => ph === 'f' && id === start.id) as TraceEvent;
      expect([start.name, enclosing(traceEvents, start)?.cat]).toEqual([start.name, 'running']);
      expect(end.ts).toBeGreaterThanOrEqual(start.ts ?? Number.NaN);
      const woken = enclosing(traceEvents, end);
      if (start.cat === 'wake') expect([woken?.cat, woken?.ts]).toEqual(['ready', end.ts]);
      else expect(woken).toBeDefined();
    }
    const wakes = model.lanes.flatMap(({ stretches }) => stretches.filter(({ by }) => by?.kind === 'task'));
    // A task that ended before its first step, or as the trace began, has no slice in which an arrow could begin.
    const ran = (task: number, moment: number): boolean =>
      model.lanes.some(
        (lane) => lane.task === task && lane.stretches.some((one) => one.state === 'running' && one.from <= moment),
      );
    const known = wakes.filter(({ by, from }) => by?.kind === 'task' && ran(by.task, from));
    expect(starts.filter(({ cat }) => cat === 'wake').length).toBe(known.length);
  }
  const { traceEvents } = toPerfetto(modelOf(await recorded(mixed())));
  expect(traceEvents.filter(({ ph, cat }) => ph === 'i' && cat === 'cancel').map(({ args }) => args?.message)).toEqual([
    'enough',
  ]);
  expect(traceEvents.filter(({ ph, cat }) => ph === 's' && cat === 'cancel').length).toBe(1);
});

test('CSV has one row per stretch, equally many cells in each, and quotes where needed', async () => {
  const trace = new Trace(await recorded(mixed()));
  const [head = '', ...rows] = trace.csv().trimEnd().split('\r\n');
  expect(rows.length).toBe(trace.model.lanes.reduce((sum, { stretches }) => sum + stretches.length, 0));
  expect(rows.some((row) => row.includes('"lock a<b>&""c"""'))).toBe(true);
  const cells = (row: string): number => row.replaceAll(/"([^"]|"")*"/g, '').split(',').length;
  for (const row of rows) expect(cells(row)).toBe(cells(head));
});

test('JSON.stringify gives the lanes with their times', async () => {
  const data = JSON.parse(JSON.stringify(new Trace(await recorded(deadlock()))));
  expect(data.tasks.map(({ name, ending }: { name: string; ending: string }) => [name, ending]).slice(1)).toEqual([
    ['Ada', 'cancelled'],
    ['Bob', 'cancelled'],
  ]);
  expect(data.tasks[1].stretches.at(-1)).toMatchObject({ state: 'running', start: 1, end: 1 });
});

test('the extension of a file decides its form; an unknown extension is an error that lists the known ones', async () => {
  const trace = new Trace(await recorded(mixed()));
  const read = (name: string): string => {
    trace.save(join(folder, name));
    return readFileSync(join(folder, name), 'utf8');
  };
  expect(read('a.svg')).toMatch(/^<svg /);
  expect(read('a.html')).toMatch(/^<!doctype html>/);
  expect(JSON.parse(read('a.json')).traceEvents.length).toBeGreaterThan(10);
  expect(read('a.csv')).toMatch(/^task,name,/);
  expect(read('a.txt')).toContain('two failed');
  expect(() => trace.save(join(folder, 'a.pdf'))).toThrow(/ending in \.svg, \.png, \.html.*got '.*a\.pdf'/);
});

test('a PNG has the requested width and the colours of its theme, and its SVG has no CSS variables left', async () => {
  const trace = new Trace(await recorded(mixed()));
  for (const theme of ['light', 'dark'] as const) {
    const bytes = Buffer.from(trace.png({ width: 500, theme }));
    expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(500);
    const svg = inColours(trace.svg(), theme);
    expect(svg).not.toContain('var(');
    expect(svg).toContain(theme === 'dark' ? DARK.run : LIGHT.run);
  }
});

test('a program that is run with --trace FILE writes the file and does not see the option', () => {
  const source = (path: string): string =>
    pathToFileURL(fileURLToPath(new URL(`../../runtime/${path}`, import.meta.url))).href;
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import { coroutine, run, sleep } from ${JSON.stringify(source('asyncio/index.ts'))};
     const main = coroutine(function* main() { yield* sleep(0.01); });
     await run(main());
     console.log(process.argv.slice(2).join());`,
  );
  const file = join(folder, 'run.txt');
  const hook = ['--import', source('picture/program.ts'), '--disable-warning=ExperimentalWarning', program];
  const ran = (...args: string[]) => spawnSync(process.execPath, [...hook, ...args], { encoding: 'utf8' });
  const { stdout, stderr } = ran('--trace', file, 'rest');
  expect([stdout, stderr]).toEqual(['rest\n', '']);
  expect(readFileSync(file, 'utf8')).toMatch(/1 task[\s\S]*sleep\(0\.01\)[\s\S]*done/);
  expect(ran('--trace').stderr).toMatch(/a file name was expected/);
  expect(ran('--trace', 'x.pdf').stderr).toMatch(/got 'x\.pdf'/);
});
