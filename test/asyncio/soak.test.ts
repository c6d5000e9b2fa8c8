// The soak: tasks through queues and locks with random cancellation. 100,000 of them in `npm test`, ten million in
// `npm run test:long`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { SoakReport } from './soak.ts';

const LONG = process.env.COKERNEL_LONG !== undefined;
const COUNT = LONG ? 10_000_000 : 100_000;

test(`${COUNT} tasks through queues and locks: nothing lost, nothing run twice, memory flat`, () => {
  const script = fileURLToPath(new URL('soak.ts', import.meta.url));
  const args = ['--expose-gc', '--max-old-space-size=512', script, String(COUNT)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const report = JSON.parse(stdout) as SoakReport;
  expect(report).toMatchObject({ tasks: COUNT, wrongTasks: 0, wrongItems: 0, crowded: 0, tasksLeft: 0 });
  expect(report.finished + report.cancelled).toBe(COUNT);
  expect(report.cancelled).toBeGreaterThan(COUNT / 50);
  expect(report.finished).toBeGreaterThan(COUNT / 2);
  const [, second = 0, ...later] = report.heap;
  // The first tenth warms up; after it a tenth of the tasks adds less than a byte a task.
  for (const heap of later) expect(heap - second).toBeLessThan(1_000_000 + COUNT / 10);
}, 3_600_000);
