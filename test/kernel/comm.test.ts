import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Received } from '../client.ts';
import { type FakeKernel, OK, startFake } from './fake.ts';

let fake: FakeKernel;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

test('a comm of the front end reaches user code with its data, metadata and buffers', async () => {
  const buffers = [new Uint8Array([1, 2, 3]), new Uint8Array(100_000).fill(7)];
  const metadata = { version: '2' };
  fake.client.send('comm_open', { comm_id: 'c', target_name: 't', data: { a: 1 } }, { metadata, buffers });
  fake.client.send('comm_msg', { comm_id: 'c', data: { b: 2 } });
  fake.client.send('comm_close', { comm_id: 'c', data: {} });
  await fake.client.request('kernel_info_request');
  expect(fake.comms.map(({ message }) => message)).toEqual([
    { type: 'comm_open', execution: expect.any(Number), commId: 'c', targetName: 't', data: { a: 1 }, metadata },
    {
      type: 'comm_msg',
      execution: expect.any(Number),
      commId: 'c',
      targetName: undefined,
      data: { b: 2 },
      metadata: {},
    },
    { type: 'comm_close', execution: expect.any(Number), commId: 'c', targetName: undefined, data: {}, metadata: {} },
  ]);
  expect(fake.comms[0]?.buffers.map((buffer) => Buffer.compare(buffer, buffers[0] as Uint8Array))).toEqual([0, 1]);
});

test('idle follows a comm message’s handler, and what the handler prints has the message as parent', async () => {
  fake.onComm(({ execution }) => {
    setImmediate(() => {
      fake.emit({ type: 'stream', execution, name: 'stdout', text: 'from the handler' });
      fake.emit({ type: 'comm_done', execution });
    });
  });
  const id = fake.client.send('comm_open', { comm_id: 'c', target_name: 't' });
  const own = ({ parent_header }: Received) => parent_header.msg_id === id;
  await fake.client.until((message) => own(message) && message.content.execution_state === 'idle');
  const messages = fake.client.received.filter(own).map(({ content }) => content.execution_state ?? content.text);
  expect(messages).toEqual(['busy', 'from the handler', 'idle']);
});

test('comm messages are delivered while a cell runs', async () => {
  let arrived: () => void = () => {};
  const delivered = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  fake.onComm(arrived);
  fake.scripts.set('wait', async () => {
    await delivered;
    return OK;
  });
  const id = fake.client.send('execute_request', { code: 'wait' });
  fake.client.send('comm_open', { comm_id: 'c', target_name: 't' });
  expect((await fake.client.finished(id)).reply.content.status).toBe('ok');
});

test('a comm of user code is opened, used and closed with its cell as parent, with buffers', async () => {
  fake.scripts.set('x', ({ cell: { execution }, emit }) => {
    emit({
      type: 'comm_open',
      execution,
      commId: 'k',
      targetName: 'jupyter.widget',
      data: { s: 1 },
      metadata: { v: 2 },
    });
    emit({ type: 'comm_msg', execution, commId: 'k', data: { s: 2 } }, [new Uint8Array([9])]);
    return OK;
  });
  const { outputs } = await fake.client.execute('x');
  const [, open, message] = outputs;
  expect(open?.content).toEqual({ comm_id: 'k', target_name: 'jupyter.widget', data: { s: 1 } });
  expect(open?.metadata).toEqual({ v: 2 });
  expect(message?.content).toEqual({ comm_id: 'k', data: { s: 2 } });
  expect(message?.buffers).toEqual([new Uint8Array([9])]);
});

test('comm_info lists the open comms, those of one target where it is named', async () => {
  const info = async (content = {}) => (await fake.client.request('comm_info_request', content)).reply.content.comms;
  fake.client.send('comm_open', { comm_id: 'a', target_name: 'one' });
  fake.client.send('comm_open', { comm_id: 'b', target_name: 'two' });
  expect(await info()).toEqual({ a: { target_name: 'one' }, b: { target_name: 'two' } });
  expect(await info({ target_name: 'two' })).toEqual({ b: { target_name: 'two' } });
  fake.client.send('comm_close', { comm_id: 'a' });
  expect(await info({ target_name: null })).toEqual({ b: { target_name: 'two' } });
  fake.emit({ type: 'comm_close', execution: 0, commId: 'b', data: {} });
  expect(await info()).toEqual({});
});

test('a message on a comm that is not open is answered by comm_close', async () => {
  const id = fake.client.send('comm_msg', { comm_id: 'gone', data: {} });
  const closed = await fake.client.until(({ header }) => header.msg_type === 'comm_close');
  expect(closed.content.comm_id).toBe('gone');
  expect(closed.parent_header.msg_id).toBe(id);
  expect(fake.comms).toEqual([]);
});

test('a fresh cell process closes the comms of the old one', async () => {
  fake.client.send('comm_open', { comm_id: 'c', target_name: 't' });
  await fake.client.request('comm_info_request');
  fake.onComm(() => {}); // The handler of this message never returns.
  const id = fake.client.send('comm_msg', { comm_id: 'c', data: {} });
  await fake.client.request('comm_info_request');
  fake.kernel.cellsRestarted();
  await fake.client.until(
    ({ parent_header, content }) => parent_header.msg_id === id && content.execution_state === 'idle',
    500,
  );
  const closed = await fake.client.until(({ header }) => header.msg_type === 'comm_close');
  expect(closed.content.comm_id).toBe('c');
  expect((await fake.client.request('comm_info_request')).reply.content.comms).toEqual({});
});

test('a comm message of a wrong type gets busy and idle, a log line, and no reply', async () => {
  const id = fake.client.send('comm_open', { comm_id: 5 });
  await fake.client.until(
    ({ parent_header, content }) => parent_header.msg_id === id && content.execution_state === 'idle',
  );
  await fake.client.request('kernel_info_request');
  expect(fake.log.join()).toMatch(/target_name should be a string, found nothing/);
  expect(
    fake.client.received.filter(({ channel, parent_header }) => channel === 'shell' && parent_header.msg_id === id),
  ).toEqual([]);
});
