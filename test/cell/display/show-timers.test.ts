// Timers as text: what they are, without Node's lists.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
});

afterAll(async () => {
  await kernel.stop();
  cleanUp();
});

test.each([
  ['setTimeout(() => {}, 50)', 'Timeout (50 ms)'],
  ['const every = setInterval(() => {}, 60); every', 'Interval (60 ms)'],
  ['clearInterval(every); every', 'Interval (over)'],
  ['const soon = setTimeout(() => {}, 1); await new Promise((r) => setTimeout(r, 20)); soon', 'Timeout (1 ms, over)'],
  ['setImmediate(() => {})', 'Immediate'],
  ['[setTimeout(() => {}, 70)]', '[ Timeout (70 ms) ]'],
])('%s', async (code, shown) => {
  const { outputs } = await kernel.client.execute(code);
  expect(outputs.flatMap(({ content }) => content.data?.['text/plain'] ?? [])).toEqual([shown]);
});

test('the console shows them the same way', async () => {
  const { outputs } = await kernel.client.execute('console.log(setTimeout(() => {}, 5))');
  expect(textOf(outputs)).toBe('Timeout (5 ms)\n');
});
