import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { textOf } from '../client.ts';
import { BROKEN, type FakeKernel, failed, OK, startFake } from './fake.ts';

let fake: FakeKernel;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const types = (messages: readonly { header: { msg_type: string }; content: { execution_state?: string } }[]) =>
  messages.map(({ header, content }) => content.execution_state ?? header.msg_type);

test('a cell is answered by busy, its input, its outputs, its result, its reply and idle', async () => {
  fake.scripts.set('hello', ({ cell, print, emit }) => {
    print('one\n');
    emit({ type: 'result', execution: cell.execution, data: { 'text/plain': '42' }, metadata: {} });
    return OK;
  });
  const { reply, iopub } = await fake.client.execute('hello');
  expect(types(iopub)).toEqual(['busy', 'execute_input', 'stream', 'execute_result', 'idle']);
  expect(reply.header.msg_type).toBe('execute_reply');
  expect(reply.content).toEqual({ status: 'ok', execution_count: 1, payload: [], user_expressions: {} });
  expect(iopub[3]?.content).toEqual({ execution_count: 1, data: { 'text/plain': '42' }, metadata: {} });
  expect(new Set(iopub.map(({ header }) => header.session))).toEqual(new Set([reply.header.session]));
});
