// Traces as files for other tools.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { toPerfetto } from '../../runtime/picture/export/perfetto.ts';
import { inColours } from '../../runtime/picture/png.ts';
import { modelOf } from '../../runtime/picture/read.ts';
import { DARK, LIGHT } from '../../runtime/picture/theme.ts';
import { Trace } from '../../runtime/picture/traced.ts';
import { randomRecording, recorded } from './recorded.ts';
import { deadlock, mixed } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'cokernel-picture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Perfetto's events are of the documented phases, with the fields that each needs, and slices of a thread do not overlap", async () => {
  for (const recording of [await recorded(mixed()), await randomRecording(7)]) {
    const { traceEvents } = toPerfetto(modelOf(recording));
    const ends = new Map<number, number>();
    for (const event of traceEvents) {
      expect(event).toMatchObject({ name: expect.any(String), pid: 1, tid: expect.any(Number) });
      if (event.ph === 'M') expect(event.args).toBeDefined();
      else expect(event.ts).toBeGreaterThanOrEqual(0);
      if (event.ph === 'X') {
        expect(event.ts).toBeGreaterThanOrEqual((ends.get(event.tid) ?? 0) - 0.01);
        ends.set(event.tid, (event.ts ?? 0) + (event.dur ?? Number.NaN));
      }
    }
    const flows = (ph: string) => traceEvents.filter((event) => event.ph === ph).map(({ id }) => id);
    expect(flows('s')).toEqual(flows('f'));
  }
});

test('CSV has one row a stretch, as many cells in each, and quotes what needs it', async () => {
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

test('a file takes its form from its ending; another ending is an error that lists them', async () => {
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

test('a PNG has the width asked for and the colours of its theme, and no name of a colour is left in its SVG', async () => {
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

test('a program run with --trace FILE leaves the file, and does not see the option', () => {
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
