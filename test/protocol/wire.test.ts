import { existsSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { Request, Subscriber } from 'zeromq';
import { connect, createClient } from '../client.ts';
import { type FakeKernel, OK, startFake } from '../kernel/fake.ts';

let fake: FakeKernel;
afterEach(() => fake?.close());

test('each subscriber is welcomed on its topic, in a message without a parent', async () => {
  fake = await startFake();
  const address = `tcp://127.0.0.1:${fake.info.iopub_port}`;
  const subscribe = async (topic: string) => {
    const socket = new Subscriber({ linger: 0, receiveTimeout: 5000 });
    socket.connect(address);
    socket.subscribe(topic);
    const frames = await socket.receive();
    socket.close();
    const [got, , , header, parent, , content] = frames.map(String);
    return { topic: got, type: JSON.parse(header as string).msg_type, parent, content: JSON.parse(content as string) };
  };
  for (const topic of ['', 'some.topic', 'some.topic']) {
    const welcome = { type: 'iopub_welcome', parent: '{}', content: { subscription: topic } };
    expect(await subscribe(topic)).toEqual({ ...welcome, topic });
  }
});

test('the heartbeat echoes what it is sent', async () => {
  fake = await startFake();
  const socket = new Request({ linger: 0, receiveTimeout: 5000 });
  socket.connect(`tcp://127.0.0.1:${fake.info.hb_port}`);
  for (const beat of ['ping', 'pong', '']) {
    await socket.send(beat);
    expect((await socket.receive()).map(String)).toEqual([beat]);
  }
  socket.close();
});

test('kernel_info is answered on shell and on control with everything that clients need', async () => {
  fake = await startFake();
  for (const channel of ['shell', 'control'] as const) {
    const { reply, iopub } = await fake.client.request('kernel_info_request', {}, { channel });
    expect(reply.channel).toBe(channel);
    expect(iopub.map(({ content }) => content.execution_state)).toEqual(['busy', 'idle']);
    expect(reply.content).toMatchObject({
      status: 'ok',
      protocol_version: '5.5',
      implementation: 'cokernel',
      implementation_version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      banner: expect.any(String),
      supported_features: ['debugger', 'kernel subshells'],
      language_info: {
        name: 'typescript',
        mimetype: 'text/typescript',
        file_extension: '.ts',
        pygments_lexer: 'typescript',
      },
    });
    expect(reply.content.language_info.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(reply.content.language_info.nbconvert_exporter).toBeUndefined();
  }
});

test('everything the kernel sends belongs to the session that the server names', async () => {
  fake = await startFake({ connection: { jupyter_session: 'named-by-the-server' } });
  await fake.client.execute('x');
  await fake.client.request('kernel_info_request', {}, { channel: 'control' });
  const sessions = new Set(fake.client.received.map(({ header }) => header.session));
  expect([...sessions]).toEqual(['named-by-the-server']);
  const ids = fake.client.received.map(({ header }) => header.msg_id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ipc works as tcp does, and leaves no files behind', async () => {
  fake = await startFake({ connection: { transport: 'ipc' } });
  expect((await fake.client.execute('x')).reply.content.status).toBe('ok');
  const files = [1, 2, 3, 4, 5].map((port) => `${fake.info.ip}-${port}`);
  expect(files.map(existsSync)).toEqual([true, true, true, true, true]);
  await fake.kernel.end();
  expect(files.map(existsSync)).toEqual([false, false, false, false, false]);
});

test.each(['hmac-sha512', 'hmac-md5', 'hmac-sha3-256', 'hmac-blake2b512'])('%s signs both ways', async (scheme) => {
  fake = await startFake({ connection: { signature_scheme: scheme } });
  expect((await fake.client.execute('x')).reply.content.status).toBe('ok');
});

test('with an empty key nothing is signed', async () => {
  fake = await startFake({ connection: { key: '' } });
  const { id, frames } = fake.client.frames('kernel_info_request');
  fake.client.sendRaw(frames);
  expect((await fake.client.finished(id)).reply.content.status).toBe('ok');
});

test('a client that reconnects with the same identity is heard', async () => {
  fake = await startFake();
  const identity = 'the same';
  for (let round = 0; round < 3; round++) {
    // Not closed before the next client connects, so that the kernel has to hand the identity over.
    const client = await connect(fake.info, { identity });
    expect((await client.execute('x')).reply.content.status).toBe('ok');
    if (round > 0) client.close();
    else setTimeout(() => client.close(), 500);
  }
});

test('20,000 messages all reach a slow subscriber, in order', async () => {
  fake = await startFake();
  const slow = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  slow.connect(`tcp://127.0.0.1:${fake.info.iopub_port}`);
  slow.subscribe('');
  await slow.receive();
  fake.scripts.set('many', ({ cell: { execution }, emit }) => {
    for (let index = 0; index < 20_000; index++) {
      emit({ type: 'display', execution, data: { 'text/plain': String(index) }, metadata: {} });
    }
    return OK;
  });
  const id = fake.client.send('execute_request', { code: 'many' });
  await fake.client.finished(id, 30_000);
  let expected = 0;
  while (expected < 20_000) {
    const frames = await slow.receive();
    const [, , , header, , , content] = frames as [unknown, unknown, unknown, Buffer, unknown, unknown, Buffer];
    if (JSON.parse(String(header)).msg_type !== 'display_data') continue;
    expect(JSON.parse(String(content)).data['text/plain']).toBe(String(expected));
    expected += 1;
  }
  slow.close();
}, 60_000);

test('a client that connects while a cell runs is told that the kernel is busy', async () => {
  fake = await startFake();
  let release: () => void = () => {};
  fake.scripts.set('long', async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return OK;
  });
  const id = fake.client.send('execute_request', { code: 'long' });
  await fake.client.until(
    ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'execute_input',
  );
  const late = createClient(fake.info, 'late');
  const status = await late.until(({ header }) => header.msg_type === 'status');
  expect(status.content.execution_state).toBe('busy');
  late.close();
  release();
  await fake.client.finished(id);
});

test('shutdown is answered, published, and ends the kernel; queued cells are aborted', async () => {
  fake = await startFake();
  fake.scripts.set('long', () => new Promise(() => {}));
  fake.client.send('execute_request', { code: 'long' });
  const queued = fake.client.send('execute_request', { code: 'queued' });
  const other = await connect(fake.info);
  const { reply, iopub } = await fake.client.request('shutdown_request', { restart: true }, { channel: 'control' });
  expect(reply.header.msg_type).toBe('shutdown_reply');
  expect(reply.content).toEqual({ status: 'ok', restart: true });
  expect(iopub.map(({ header, content }) => content.execution_state ?? header.msg_type)).toEqual([
    'busy',
    'shutdown_reply',
    'idle',
  ]);
  expect((await other.until(({ header }) => header.msg_type === 'shutdown_reply')).channel).toBe('iopub');
  expect((await fake.client.finished(queued)).reply.content.status).toBe('aborted');
  await fake.ended;
  other.close();
});

test('an address that is taken makes the start fail at once with a sentence that names it', async () => {
  fake = await startFake();
  await expect(startFake({ connection: { control_port: fake.info.shell_port } })).rejects.toThrow(
    `cannot listen on tcp://127.0.0.1:${fake.info.shell_port}: the address is in use (EADDRINUSE)`,
  );
});
