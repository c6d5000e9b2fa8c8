// An interrupt that stops a timer's callback, through a real kernel.

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

test('a callback that loops stops the cell that set it and is waiting, too, at the callback’s line', async () => {
  const { client } = kernel;
  const code =
    "setTimeout(() => {\n  console.log('stuck')\n  for (;;) {}\n}, 1)\ntry { await new Promise(() => {}) }\nfinally { console.log('finally') }";
  const id = client.send('execute_request', { code });
  await client.until(({ header, content }) => header.msg_type === 'stream' && content.text.includes('stuck'));
  client.send('interrupt_request', {}, { channel: 'control' });
  const { reply, outputs } = await client.finished(id);
  expect(reply.content.ename).toBe('KeyboardInterrupt');
  expect(reply.content.traceback.join('\n')).toMatch(/:3:\d/);
  // A cell that is told nothing is ended when the time for clean-up is over, without running its finally.
  expect(textOf(outputs)).toBe('stuck\nfinally\n');
  expect((await client.execute('1')).reply.content.status).toBe('ok');
});
