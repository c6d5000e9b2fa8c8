import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CellOutcome } from '../../runtime/events.ts';
import { type Received, textOf } from '../client.ts';
import { BROKEN, FAILING, type FakeKernel, failed, OK, startFake } from './fake.ts';

let fake: FakeKernel;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

const types = (messages: readonly Received[]) =>
  messages.map(({ header, content }) => content.execution_state ?? header.msg_type);

/** A script that ends when the test says so. */
function held() {
  let release: (outcome: CellOutcome) => void = () => {};
  const outcome = new Promise<CellOutcome>((resolve) => {
    release = resolve;
  });
  return { script: () => outcome, release };
}

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

test('a failed cell publishes its error once and replies with it and its number', async () => {
  fake.scripts.set('bad', () => failed('RangeError', 'too far'));
  const { reply, outputs } = await fake.client.execute('bad');
  const error = { ename: 'RangeError', evalue: 'too far', traceback: ['RangeError: too far'] };
  expect(reply.content).toEqual({ status: 'error', execution_count: 1, payload: [], user_expressions: {}, ...error });
  expect(types(outputs)).toEqual(['execute_input', 'error']);
  expect(outputs[1]?.content).toEqual(error);
});

test('a cell that does not compile fails without reaching the cell process, and counts', async () => {
  const { reply, outputs } = await fake.client.execute(`${BROKEN} let`);
  expect(reply.content).toMatchObject({ status: 'error', ename: 'SyntaxError', execution_count: 1 });
  expect(types(outputs)).toEqual(['execute_input', 'error']);
  expect(fake.executed).toEqual([]);
});

test('silent cells and cells that are not stored do not count, as in ipykernel', async () => {
  const count = async (code: string, options = {}) => {
    const { reply, outputs } = await fake.client.execute(code, options);
    return [reply.content.execution_count, ...types(outputs)];
  };
  expect(await count('a')).toEqual([1, 'execute_input']);
  expect(await count('b', { store_history: false })).toEqual([1, 'execute_input']);
  expect(await count('c', { silent: true })).toEqual([1]);
  expect(await count('c', { silent: true, store_history: true })).toEqual([1]);
  expect(await count('  \n')).toEqual([1, 'execute_input']);
  expect(await count('d')).toEqual([2, 'execute_input']);
  expect(fake.executed.map(({ source, silent }) => [source, silent])).toEqual([
    ['a', false],
    ['b', false],
    ['c', true],
    ['c', true],
    ['d', false],
  ]);
});

test('a silent cell publishes no result', async () => {
  fake.scripts.set('1', ({ cell, emit }) => {
    emit({ type: 'result', execution: cell.execution, data: { 'text/plain': '1' }, metadata: {} });
    return OK;
  });
  const { outputs } = await fake.client.execute('1', { silent: true });
  expect(outputs).toEqual([]);
});

test('the next cells are compiled while one runs, under the names they will have', async () => {
  const first = held();
  fake.scripts.set('first', first.script);
  const ids = ['first', 'second', 'third'].map((code) => fake.client.send('execute_request', { code }));
  await fake.client.until(
    ({ parent_header, header }) => parent_header.msg_id === ids[0] && header.msg_type === 'execute_input',
  );
  await fake.client.request('kernel_info_request');
  expect(fake.compiled).toEqual(['Cell [1]: first', 'Cell [2]: second', 'Cell [3]: third']);
  expect(fake.executed.map(({ source }) => source)).toEqual(['first']);
  first.release(OK);
  await fake.client.finished(ids[2] as string);
  expect(fake.compiled).toHaveLength(3);
  expect(fake.executed.map(({ source, count }) => [source, count])).toEqual([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ]);
});

test('after an error queued cells are aborted, each with busy, reply and idle; other requests still run', async () => {
  const first = held();
  fake.scripts.set('first', first.script);
  const ids = ['first', 'second', 'third'].map((code) => fake.client.send('execute_request', { code }));
  const info = fake.client.send('is_complete_request', { code: 'x' });
  expect((await fake.client.finished(info)).reply.content.status).toBe('complete');
  first.release(failed('Error'));
  for (const id of ids.slice(1)) {
    const { reply, iopub } = await fake.client.finished(id);
    expect(reply.content).toEqual({ status: 'aborted' });
    expect(types(iopub)).toEqual(['busy', 'idle']);
  }
  expect(fake.executed).toHaveLength(1);
  expect((await fake.client.execute('after')).reply.content).toMatchObject({ status: 'ok', execution_count: 2 });
});

test('hundreds of cells sent together with one that fails at once are all aborted', async () => {
  fake.scripts.set('bad', () => failed('Error'));
  const ids = ['bad', ...Array.from({ length: 300 }, () => 'next')].map((code) =>
    fake.client.send('execute_request', { code }),
  );
  const replies = await Promise.all(ids.map((id) => fake.client.finished(id)));
  const late = replies.slice(1).filter(({ reply }) => reply.content.status !== 'aborted');
  expect(late.length).toBe(0);
  expect(replies[1]?.reply.content.status).toBe('aborted');
});

test('with stop_on_error false the queue runs on', async () => {
  fake.scripts.set('bad', () => failed('Error'));
  const first = fake.client.send('execute_request', { code: 'bad', stop_on_error: false });
  const second = fake.client.send('execute_request', { code: 'good' });
  expect((await fake.client.finished(first)).reply.content.status).toBe('error');
  expect((await fake.client.finished(second)).reply.content.status).toBe('ok');
});

test('other requests are answered while a cell runs, and busy is published again after them', async () => {
  const first = held();
  fake.scripts.set('first', first.script);
  const id = fake.client.send('execute_request', { code: 'first' });
  for (const channel of ['shell', 'control'] as const) {
    const { reply } = await fake.client.request('kernel_info_request', {}, { channel });
    expect(reply.channel).toBe(channel);
  }
  const idles = fake.client.received.filter(({ content }) => content.execution_state === 'idle').length;
  const after = () => fake.client.received.findLast(({ header }) => header.msg_type === 'status');
  await fake.client.until(() => after()?.content.execution_state === 'busy' && after()?.parent_header.msg_id === id);
  first.release(OK);
  await fake.client.finished(id);
  expect(idles).toBeGreaterThan(1);
});

test('output names the request that caused it, even 5,000 cells later', async () => {
  const { reply } = await fake.client.execute('first');
  const execution = fake.executed[0]?.execution as number;
  let last = '';
  for (let index = 0; index < 5000; index++) last = fake.client.send('execute_request', { code: `cell${index}` });
  await fake.client.finished(last, 120_000);
  const running = held();
  fake.scripts.set('running', running.script);
  const id = fake.client.send('execute_request', { code: 'running' });
  await fake.client.until(
    ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'execute_input',
  );
  fake.emit({ type: 'stream', execution, name: 'stderr', text: 'late' });
  const late = await fake.client.until(({ content }) => content.text === 'late');
  expect(late.parent_header.msg_id).toBe(reply.parent_header.msg_id);
  running.release(OK);
  await fake.client.finished(id);
}, 150_000);

test('20,000 printed lines all arrive, in order, before idle, in few messages', async () => {
  fake.scripts.set('print', ({ print }) => {
    for (let line = 0; line < 20_000; line++) print(`${line}\n`);
    return OK;
  });
  const { outputs, iopub } = await fake.client.execute('print');
  expect(textOf(outputs)).toBe(Array.from({ length: 20_000 }, (_, line) => `${line}\n`).join(''));
  expect(outputs.length).toBeLessThan(20);
  expect(iopub.at(-1)?.content.execution_state).toBe('idle');
});

test('only texts of the same stream are merged: stdout and stderr keep their order', async () => {
  fake.scripts.set('print', ({ print }) => {
    print('a');
    print('b');
    print('c', 'stderr');
    print('d');
    return OK;
  });
  const { outputs } = await fake.client.execute('print');
  const streams = outputs.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => content);
  expect(streams.map(({ text }) => text).join('')).toBe('abcd');
  expect(streams.find(({ name }) => name === 'stderr')?.text).toBe('c');
});

test('user_expressions are compiled before the cell, and each is evaluated by itself after success', async () => {
  const a = { status: 'ok', data: { 'text/plain': '1' }, metadata: {} } as const;
  fake.scripts.set('x', ({ cell }) => {
    const { b } = cell.expressions;
    if (b === undefined || !('error' in b)) throw new Error('a broken expression should have come as its error');
    return { status: 'ok', expressions: { a, b: { status: 'error', ...b.error } } };
  });
  const { reply } = await fake.client.execute('x', { user_expressions: { a: '1', b: BROKEN } });
  expect(reply.content.user_expressions).toMatchObject({ a, b: { status: 'error', ename: 'SyntaxError' } });
  const wrong = await fake.client.execute('x', { user_expressions: { a: 1 } });
  expect(wrong.reply.content).toMatchObject({ status: 'error', evalue: 'a should be a string, found a number' });
});

test.each([
  ['a cell', FAILING, {}],
  ['a user_expression', 'x', { a: FAILING }],
])(
  'a compiler that fails under %s ends its execution with an error, and aborts the queue',
  async (_, code, user_expressions) => {
    const ids = [
      fake.client.send('execute_request', { code, user_expressions, allow_stdin: true }),
      fake.client.send('execute_request', { code: 'next' }),
    ];
    const [failed, next] = await Promise.all(ids.map((id) => fake.client.finished(id)));
    expect(failed?.reply.content).toMatchObject({
      status: 'error',
      evalue: 'the cell could not be compiled: the disk is gone',
      execution_count: 1,
    });
    expect(next?.reply.content.status).toBe('aborted');
    const question = { kind: 'input', prompt: '', password: false } as const;
    fake.emit({ type: 'ask', id: 1, execution: 1, question });
    await fake.client.execute('after');
    expect(fake.client.received.filter(({ channel }) => channel === 'stdin')).toEqual([]);
  },
);

test('a field of the wrong type gets an error reply that names it', async () => {
  const { reply, iopub } = await fake.client.request('execute_request', { code: 5 });
  expect(reply.content).toMatchObject({ status: 'error', evalue: 'code should be a string, found a number' });
  expect(types(iopub)).toEqual(['busy', 'idle']);
  const { reply: other } = await fake.client.request('complete_request', { code: 'a', cursor_pos: 'x' });
  expect(other.content).toMatchObject({ status: 'error', evalue: 'cursor_pos should be a number, found a string' });
});

test('payloads of the cell are part of its reply', async () => {
  const payload = { source: 'set_next_input', text: 'next', replace: false };
  fake.scripts.set('x', ({ cell, emit }) => {
    emit({ type: 'payload', execution: cell.execution, payload });
    return OK;
  });
  expect((await fake.client.execute('x')).reply.content.payload).toEqual([payload]);
});

test('displays, updates, clear_output and late errors are published as messages of their own', async () => {
  const bundle = { data: { 'text/plain': 'd' }, metadata: {} };
  fake.scripts.set('x', ({ cell: { execution }, emit }) => {
    emit({ type: 'display', execution, ...bundle });
    emit({ type: 'display', execution, ...bundle, displayId: 'one' });
    emit({ type: 'display', execution, ...bundle, displayId: 'one', update: true });
    emit({ type: 'clear', execution, wait: true });
    emit({ type: 'late_error', execution, error: { ename: 'E', evalue: 'v', traceback: ['t'] } });
    return OK;
  });
  const { outputs, reply } = await fake.client.execute('x');
  expect(reply.content.status).toBe('ok');
  expect(outputs.slice(1).map(({ header, content }) => [header.msg_type, content])).toEqual([
    ['display_data', { ...bundle, transient: {} }],
    ['display_data', { ...bundle, transient: { display_id: 'one' } }],
    ['update_display_data', { ...bundle, transient: { display_id: 'one' } }],
    ['clear_output', { wait: true }],
    ['error', { ename: 'E', evalue: 'v', traceback: ['t'] }],
  ]);
});

test('an interrupt is answered on control while a cell runs, and the queue behind it is aborted', async () => {
  fake.scripts.set('loop', async ({ interrupted }) => {
    await interrupted();
    return failed('KeyboardInterrupt');
  });
  const [id, next] = ['loop', 'next'].map((code) => fake.client.send('execute_request', { code }));
  await fake.client.until(
    ({ parent_header, header }) => parent_header.msg_id === id && header.msg_type === 'execute_input',
  );
  const { reply } = await fake.client.request('interrupt_request', {}, { channel: 'control' });
  expect(reply.content).toEqual({ status: 'ok' });
  expect((await fake.client.finished(id as string)).reply.content.ename).toBe('KeyboardInterrupt');
  expect((await fake.client.finished(next as string)).reply.content.status).toBe('aborted');
});

test('a large result arrives complete', async () => {
  const text = 'é'.repeat(5_000_000);
  fake.scripts.set('x', ({ cell, emit }) => {
    emit({ type: 'result', execution: cell.execution, data: { 'text/plain': text }, metadata: {} });
    return OK;
  });
  const { outputs } = await fake.client.execute('x');
  expect(outputs[1]?.content.data['text/plain'] === text).toBe(true);
});
