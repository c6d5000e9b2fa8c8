// toThread with functions of cells, through a real kernel: they are shipped as the text that the compiler made of them.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute("import { toThread } from 'cokernel'");
});
afterAll(() => kernel.stop());

test.each([
  ['', ''],
  [' that holds text of the compiler', "const said = '__cell __co __ck __cokernel_stop'; "],
])('a function with loops and awaits of a cell%s runs in a thread', async (_, text) => {
  const { outputs, reply } = await kernel.client.execute(
    `${text}await toThread(async (n: number) => { let s = 0; for (let i = 0; i < n; i++) s += await i; return s; }, 5)`,
  );
  expect(reply.content.evalue).toBeUndefined();
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('10');
});
