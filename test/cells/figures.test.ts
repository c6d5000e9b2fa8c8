// Figures in a notebook: one brings the player, the others wait for it; which one does follows the notebook's outputs as
// far as the client says what becomes of its cells.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute(
    "import { coroutine, sleep } from 'cokernel'; import { predict, trace } from 'cokernel/picture'; const nap = coroutine(async () => sleep(0))",
  );
});
afterAll(() => kernel.stop());

/** Runs a cell of the notebook; whether each of its figures brings the player. */
async function brings(cellId: string | undefined, code = 'await trace(nap())', deletedCells: string[] = []) {
  const metadata = cellId === undefined ? {} : { cellId, deletedCells };
  const { outputs } = await kernel.client.request('execute_request', { code }, { metadata });
  const html = outputs.flatMap(({ content }) => content.data?.['text/html'] ?? []);
  return html.map((text: string) => text.includes('ckRead('));
}

test('the first figure brings the player, until its cell runs again or is deleted; then the next one does', async () => {
  expect(await brings('a')).toEqual([true]);
  expect(await brings('b')).toEqual([false]);
  expect(await brings('c', "await predict(['x'], nap())")).toEqual([false]);
  expect(await brings('a')).toEqual([true]);
  expect(await brings('a', '1 + 1')).toEqual([]);
  expect(await brings('c')).toEqual([true]);
  expect(await brings('b')).toEqual([false]);
  expect(await brings('b', undefined, ['c'])).toEqual([true]);
  expect(await brings('d')).toEqual([false]);
});

test('all figures of that cell bring it, because one may replace another, and so does one that is not in an output', async () => {
  expect(await brings('e', 'trace.cell(); display(await trace(nap())); 1', ['b'])).toEqual([true, true]);
  const { outputs } = await kernel.client.request(
    'execute_request',
    {
      code: "const t = await trace(nap()); [t.html(), t].map((one) => String(one.html?.() ?? one).includes('ckRead('))",
    },
    { metadata: { cellId: 'f' } },
  );
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('[ true, true ]');
});

test('trace.cell shows the tasks of earlier cells that the cell awaits', async () => {
  await kernel.client.execute(
    "import { createTask, Event } from 'cokernel'; const gate = new Event({ name: 'gate' }); const early = createTask(gate.wait(), { name: 'early' });",
  );
  const { outputs } = await kernel.client.execute('trace.cell(); await sleep(0); gate.set(); await early;');
  const texts = outputs.map(({ content }) => content.data?.['text/plain']);
  expect(texts.join('\n')).toMatch(/early: waits for event/);
});
