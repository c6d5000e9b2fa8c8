// CURVE: only clients with the keys of the connection file reach the kernel.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { Subscriber } from 'zeromq';
import { type CurveKeys, clientOptions, freshKeys } from '../../kernel/wire/encryption.ts';
import { createClient } from '../client.ts';
import { jupyterHome, keepStderr } from '../jupyter.ts';
import { type FakeKernel, OK, startFake } from '../kernel/fake.ts';
import { runPytest, testWithPython } from '../python.ts';

let fake: FakeKernel | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

test('with keys in the connection file, those who have them are answered and nobody else is', async () => {
  const keys = await freshKeys();
  fake = await startFake({ connection: keys });
  fake.scripts.set('secret', ({ print }) => {
    print('secret');
    return OK;
  });
  const { curve_publickey, curve_secretkey, ...plain } = fake.info;
  const intruders = [createClient(plain, 'plain'), createClient({ ...plain, ...(await freshKeys()) }, 'other keys')];
  for (const intruder of intruders) intruder.send('kernel_info_request');
  expect((await fake.client.execute('secret')).outputs).toHaveLength(2);
  await delay(300);
  expect(intruders.map(({ received }) => received)).toEqual([[], []]);
  for (const intruder of intruders) intruder.close();
});

test('the longest topic is welcomed through encryption too', async () => {
  const keys = await freshKeys();
  fake = await startFake({ connection: keys });
  const curve: CurveKeys = { publicKey: keys.curve_publickey, secretKey: keys.curve_secretkey };
  const socket = new Subscriber({ linger: 0, receiveTimeout: 5_000, ...clientOptions(curve) });
  socket.connect(`tcp://127.0.0.1:${fake.info.iopub_port}`);
  socket.subscribe('x'.repeat(256));
  expect(String((await socket.receive())[0])).toBe('x'.repeat(256));
  socket.close();
});

testWithPython(
  "jupyter_client's transport_encryption, auto and required",
  async () => {
    const home = await jupyterHome();
    const stderr = keepStderr(home);
    try {
      const { code, output } = await runPytest('encryption', [join(import.meta.dirname, 'encryption.py')], {
        env: home.env,
        seconds: 110,
      });
      if (code !== 0) throw new Error(`${output}\nThe kernels' stderr:\n${stderr()}`);
      expect(home.running()).toEqual([]);
    } finally {
      home.remove();
    }
  },
  120_000,
);
