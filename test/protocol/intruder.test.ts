// What somebody can do who can connect but does not have the key: a bounded amount of memory, and no more than a moment.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { Dealer, Subscriber, XSubscriber } from 'zeromq';
import { cleanUp, startKernelProcess, textOf } from '../client.ts';
import { type FakeKernel, OK, startFake } from '../kernel/fake.ts';

let fake: FakeKernel | undefined;
const intruders: { close(): void }[] = [];
afterEach(async () => {
  for (const intruder of intruders.splice(0)) intruder.close();
  await fake?.close();
  fake = undefined;
  cleanUp();
});

/** Subscribes to so many topics of that length, and again whenever it is disconnected. */
async function flood(port: number, count: number, length: number): Promise<void> {
  const socket = new XSubscriber({ linger: 0, sendHighWaterMark: 0 });
  intruders.push(socket);
  socket.connect(`tcp://127.0.0.1:${port}`);
  for (let index = 0; index < count; index++) {
    await socket.send(`\u0001${String(index).padEnd(length, 'q')}`);
    if (index % 1000 === 0) await delay(0);
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > end) throw new Error('it did not happen within 10 s');
    await delay(5);
  }
}

const isReplaced = () => fake?.log.some((line) => line.includes('the socket is replaced')) ?? false;

test('after too many subscriptions clients reconnect, and what was published meanwhile reaches them', async () => {
  fake = await startFake();
  fake.scripts.set('prints', ({ print }) => {
    print('held\n');
    return OK;
  });
  await flood(fake.info.iopub_port, 2_000, 50);
  await until(isReplaced);
  const { outputs } = await fake.client.finished(fake.client.send('execute_request', { code: 'prints' }), 2_000);
  expect(textOf(outputs)).toBe('held\n');
}, 30_000);

test('a kernel that ends while clients reconnect still tells them', async () => {
  fake = await startFake();
  await flood(fake.info.iopub_port, 2_000, 50);
  await until(isReplaced);
  fake.client.send('shutdown_request', { restart: false }, { channel: 'control' });
  const told = await fake.client.until(
    ({ header, channel }) => header.msg_type === 'shutdown_reply' && channel === 'iopub',
  );
  expect(told.content).toEqual({ status: 'ok', restart: false });
});

test('hundreds of clients that come and go are not taken for an attack', async () => {
  fake = await startFake();
  const address = `tcp://127.0.0.1:${fake.info.iopub_port}`;
  fake.client.close();
  for (let client = 0; client < 1_100; client++) {
    const socket = new Subscriber({ linger: 0 });
    socket.connect(address);
    socket.subscribe('');
    await socket.receive();
    socket.close();
  }
  expect(isReplaced()).toBe(false);
}, 60_000);

test('a topic has at most 256 bytes; whoever subscribes to a longer one is disconnected', async () => {
  fake = await startFake();
  const welcomed = async (length: number) => {
    const socket = new Subscriber({ linger: 0, receiveTimeout: 1_000 });
    intruders.push(socket);
    socket.connect(`tcp://127.0.0.1:${fake?.info.iopub_port}`);
    socket.subscribe('x'.repeat(length));
    return await socket.receive().then(
      () => true,
      () => false,
    );
  };
  expect([await welcomed(256), await welcomed(257)]).toEqual([true, false]);
  expect((await fake.client.execute('x')).reply.content.status).toBe('ok');
});

/** A client by hand, past ZeroMQ's handshake. https://rfc.zeromq.org/spec/23/ */
async function handshake(port: number, type: string): Promise<Socket> {
  const socket = connectTcp(port, '127.0.0.1');
  intruders.push({ close: () => socket.destroy() });
  const greeting = Buffer.alloc(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
  greeting.write('NULL', 12);
  const property = Buffer.concat([
    Buffer.from([11]),
    Buffer.from('Socket-Type'),
    Buffer.from([0, 0, 0, type.length]),
    Buffer.from(type),
  ]);
  const ready = Buffer.concat([Buffer.from([5]), Buffer.from('READY'), property]);
  socket.write(greeting);
  socket.write(Buffer.concat([Buffer.from([4, ready.length]), ready]));
  // Its greeting and its READY.
  for (let bytes = 0; bytes <= 64; ) bytes += ((await once(socket, 'data')) as [Buffer])[0].length;
  return socket;
}

/** Whether the kernel hangs up on a client that announces a frame of so many bytes. */
async function isRefused(port: number, length: number): Promise<boolean> {
  const socket = await handshake(port, 'DEALER');
  const header = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64BE(BigInt(length), 1);
  socket.write(header).valueOf();
  return await Promise.race([once(socket, 'close').then(() => true), delay(1_000).then(() => false)]);
}

test.each(['shell', 'control', 'stdin'] as const)('a frame on %s has at most 256 MiB', async (channel) => {
  fake = await startFake();
  const port = fake.info[`${channel}_port`];
  expect(await isRefused(port, 256 * 1024 * 1024)).toBe(false);
  expect(await isRefused(port, 256 * 1024 * 1024 + 1)).toBe(true);
});

test('a heartbeat has at most 64 KiB', async () => {
  fake = await startFake();
  expect(await isRefused(fake.info.hb_port, 64 * 1024)).toBe(false);
  expect(await isRefused(fake.info.hb_port, 64 * 1024 + 1)).toBe(true);
});

/** Resident memory in MiB. */
const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Sends as much as the kernel takes for a while, and reads nothing. */
async function pour(port: number, message: string[]): Promise<void> {
  const socket = new Dealer({ linger: 0, sendHighWaterMark: 10 });
  intruders.push(socket);
  socket.connect(`tcp://127.0.0.1:${port}`);
  for (const end = Date.now() + 1_500; Date.now() < end; ) {
    const sent = socket.send(message).then(() => true);
    // Whoever reads nothing may be stopped for good.
    if (!(await Promise.race([sent, delay(500)]))) return void sent.catch(() => {});
  }
}

/** Subscribes to one topic after the other, and to none for long. */
async function cycle(port: number): Promise<void> {
  const socket = new XSubscriber({ linger: 0, sendHighWaterMark: 0 });
  intruders.push(socket);
  socket.connect(`tcp://127.0.0.1:${port}`);
  for (let index = 0; index < 50_000; index++) {
    const topic = String(index).padEnd(200, 'q');
    await socket.send(`\u0001${topic}`);
    await socket.send(`\u0000${topic}`);
    if (index % 1000 === 0) await delay(0);
  }
}

// Only Linux says in a file what a process holds.
(process.platform === 'linux' ? test : test.skip)(
  'while somebody floods one channel after the other, the kernel grows by a bounded amount and answers',
  async () => {
    const kernel = await startKernelProcess();
    await kernel.client.execute('1');
    const before = memoryOf(kernel.pid);
    const { iopub_port: iopub, hb_port: hb, shell_port: shell } = kernel.info;
    const grown: Record<string, number> = {};
    const floods = {
      subscriptions: () => flood(iopub, 100_000, 50),
      cycles: () => cycle(iopub),
      heartbeats: () => pour(hb, ['q'.repeat(60_000)]),
      messages: () => pour(shell, ['<IDS|MSG>', 'no signature', '{}', '{}', '{}', 'q'.repeat(20_000)]),
    };
    for (const [name, begin] of Object.entries(floods)) {
      await begin();
      for (let round = 0; round < 5; round++) {
        const id = kernel.client.send('kernel_info_request', {}, { channel: 'control' });
        await kernel.client.until(({ parent_header }) => parent_header.msg_id === id, 1_000);
        await delay(500);
      }
      for (const intruder of intruders.splice(0)) intruder.close();
      grown[name] = Math.round(memoryOf(kernel.pid) - before);
    }
    // V8 collects what was received only when it is some 50 MB.
    const bounds: typeof grown = { subscriptions: 50, cycles: 50, heartbeats: 80, messages: 80 };
    expect(Object.entries(grown).filter(([name, size]) => size > Number(bounds[name]))).toEqual([]);
    await kernel.stop();
  },
  60_000,
);

test('thousands of messages without a signature do not fill the log', async () => {
  fake = await startFake();
  const intruder = new Dealer({ linger: 0 });
  intruders.push(intruder);
  intruder.connect(`tcp://127.0.0.1:${fake.info.shell_port}`);
  for (let sent = 0; sent < 3_000; sent++) await intruder.send(['<IDS|MSG>', 'no signature', '{}', '{}', '{}', '{}']);
  await until(() => fake?.log.some((line) => line.includes('message 2048')) ?? false);
  expect(fake.log.filter((line) => line.includes('dropped')).length).toBe(16 + 7);
});
