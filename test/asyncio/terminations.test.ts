// V8 may end the engine's own code at any point, and nothing may be lost, doubled or stuck: every primitive is ended at
// every place where V8 could do it, some 32,000 in all.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleProgram } from './reference/bundle.ts';
import { instrument } from './terminations/instrument.ts';
import type { Report } from './terminations/main.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'cokernel-terminations-'));
const program = join(folder, 'main.mjs');

beforeAll(() => bundleProgram(fileURLToPath(new URL('terminations/main.ts', import.meta.url)), program, [instrument]));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a termination at any point of the engine loses, doubles and blocks nothing', async () => {
  const { stdout } = await run(process.execPath, [program], { maxBuffer: 2 ** 28 });
  const { runs, wrong } = JSON.parse(stdout) as Report;
  expect(wrong).toEqual([]);
  // Each scenario has many places: the instrumentation is there, and V8 does end the code.
  for (const [name, count] of Object.entries(runs)) expect([name, count > 100]).toEqual([name, true]);
}, 3_600_000);
