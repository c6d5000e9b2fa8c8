// Subshells: made, listed and deleted on control, and cells that run beside the main queue. With cells that are made up.

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp } from '../client.ts';
import { type FakeKernel, failed, OK, startFake } from './fake.ts';

let fake: FakeKernel;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(async () => {
  await fake.close();
  cleanUp();
});

const control = async (type: string, content = {}) =>
  (await fake.client.request(type, content, { channel: 'control' })).reply.content;
const inSubshell = (id: string) => ({ header: { subshell_id: id } });

test('the kernel says that it has subshells; they are made, listed and deleted', async () => {
  const info = await fake.client.request('kernel_info_request');
  expect(info.reply.content.supported_features).toContain('kernel subshells');
  const { subshell_id: one } = await control('create_subshell_request');
  const { subshell_id: other } = await control('create_subshell_request');
  expect(await control('list_subshell_request')).toEqual({ status: 'ok', subshell_id: [one, other] });
  expect(await control('delete_subshell_request', { subshell_id: one })).toEqual({ status: 'ok' });
  expect(await control('list_subshell_request')).toEqual({ status: 'ok', subshell_id: [other] });
});

test('a request that names a deleted subshell is answered by an error, as is its second deletion', async () => {
  const { subshell_id: id } = await control('create_subshell_request');
  await control('delete_subshell_request', { subshell_id: id });
  const error = {
    status: 'error',
    ename: 'UnknownSubshellError',
    evalue: `there is no subshell '${id}'. It was deleted, or the kernel was restarted.`,
  };
  for (const type of ['execute_request', 'complete_request']) {
    const { reply } = await fake.client.request(type, { code: 'x', cursor_pos: 1 }, inSubshell(id));
    expect(reply.content).toMatchObject(error);
  }
  expect(await control('delete_subshell_request', { subshell_id: id })).toMatchObject(error);
  expect(fake.executed).toEqual([]);
});

test('while a cell runs, cells of a subshell run in order, and null names the main shell', async () => {
  const { subshell_id: id } = await control('create_subshell_request');
  const blocked = Promise.withResolvers<void>();
  fake.scripts.set('long', async () => {
    await blocked.promise;
    return OK;
  });
  const long = fake.client.send('execute_request', { code: 'long' });
  const first = fake.client.send('execute_request', { code: 'first' }, inSubshell(id));
  const second = await fake.client.request('execute_request', { code: 'second' }, inSubshell(id));
  expect(second.reply.content).toMatchObject({ status: 'ok', execution_count: 1 });
  expect((await fake.client.finished(first)).reply.content.status).toBe('ok');
  const ran = () => fake.executed.map(({ source }) => source).filter((source) => source !== 'long');
  expect(ran()).toEqual(['first', 'second']);
  const queued = fake.client.send('execute_request', { code: 'queued' }, { header: { subshell_id: null } });
  await fake.client.request('kernel_info_request');
  expect(ran()).toHaveLength(2);
  blocked.resolve();
  expect((await fake.client.finished(queued)).reply.content.execution_count).toBe(2);
  expect((await fake.client.finished(long)).reply.content.execution_count).toBe(1);
});

test('behind a cell that fails the others of its subshell are aborted, and no others', async () => {
  const { subshell_id: one } = await control('create_subshell_request');
  const { subshell_id: other } = await control('create_subshell_request');
  fake.scripts.set('fails', async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return failed('RangeError', 'no');
  });
  const failing = fake.client.send('execute_request', { code: 'fails' }, inSubshell(one));
  const behind = fake.client.send('execute_request', { code: 'behind' }, inSubshell(one));
  const elsewhere = await fake.client.request('execute_request', { code: 'elsewhere' }, inSubshell(other));
  const { reply, outputs } = await fake.client.finished(failing);
  expect(reply.content).toMatchObject({ status: 'error', ename: 'RangeError' });
  expect(outputs.map(({ header }) => header.msg_type)).toEqual(['execute_input', 'error']);
  expect((await fake.client.finished(behind)).reply.content.status).toBe('aborted');
  expect(elsewhere.reply.content.status).toBe('ok');
});
