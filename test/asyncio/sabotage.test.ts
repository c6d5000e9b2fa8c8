// A cell may replace any built-in. The loop, which runs all other cells too, goes on as before.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleProgram } from './reference/bundle.ts';
import { sabotages } from './sabotage.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'cokernel-sabotage-'));
const program = join(folder, 'sabotage.mjs');

beforeAll(() => bundleProgram(fileURLToPath(new URL('sabotage.ts', import.meta.url)), program));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(Object.keys(sabotages))('tasks, locks, queues and timers go on after %s', async (name) => {
  const { stdout } = await run(process.execPath, [program, name]);
  const lines = stdout.split('\n').filter((line) => line !== '');
  const whole = ['iterating 6', 'run 7', 'work 18'];
  expect(lines.sort()).toEqual(name === 'sets and maps' ? whole.slice(1) : whole);
});
