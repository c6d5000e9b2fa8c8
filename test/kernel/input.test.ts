import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connect } from '../client.ts';
import { type FakeKernel, failed, OK, type Script, startFake } from './fake.ts';

let fake: FakeKernel;
beforeEach(async () => {
  fake = await startFake();
});
afterEach(() => fake.close());

/** A cell that asks once and prints what it is told. */
const asking =
  (prompt: string, password = false, number = 1): Script =>
  async ({ cell, emit, print, answer }) => {
    const told = answer(number);
    emit({ type: 'ask', id: number, execution: cell.execution, question: { kind: 'input', prompt, password } }, []);
    print(JSON.stringify(await told));
    return OK;
  };

const printed = (outputs: readonly { header: { msg_type: string }; content: { text?: string } }[]) =>
  JSON.parse(outputs.find(({ header }) => header.msg_type === 'stream')?.content.text ?? 'null');

test('input asks the client whose cell runs, and only that one', async () => {
  fake.scripts.set('ask', asking('name? ', true));
  const other = await connect(fake.info);
  fake.client.onInput(() => 'Ada');
  const { outputs, reply } = await fake.client.execute('ask');
  expect(printed(outputs)).toEqual({ value: 'Ada' });
  const request = await fake.client.until(({ channel }) => channel === 'stdin');
  expect(request.content).toEqual({ prompt: 'name? ', password: true });
  expect(request.header.msg_type).toBe('input_request');
  expect(request.parent_header.msg_id).toBe(reply.parent_header.msg_id);
  expect(other.received.filter(({ channel }) => channel === 'stdin')).toEqual([]);
  other.close();
});

test('where stdin is not allowed the cell gets an error, and no input_request is sent', async () => {
  fake.scripts.set('ask', asking('name? '));
  const { outputs } = await fake.client.execute('ask', { allow_stdin: false });
  expect(printed(outputs).error).toMatch(/^StdinNotImplementedError: .*allow_stdin/);
  expect(fake.client.received.filter(({ channel }) => channel === 'stdin')).toEqual([]);
});

test('a reply to no open question is dropped, even when the next question follows', async () => {
  fake.scripts.set('ask', asking('name? '));
  fake.client.send('input_reply', { value: 'stale' }, { channel: 'stdin' });
  const id = fake.client.send('execute_request', { code: 'ask', allow_stdin: true });
  const request = await fake.client.until(({ channel }) => channel === 'stdin');
  const parent = { ...request.header, msg_id: 'another' };
  fake.client.send('input_reply', { value: 'of another question' }, { channel: 'stdin', parent });
  fake.client.send('input_reply', { value: 'fresh' }, { channel: 'stdin' });
  expect(printed((await fake.client.finished(id)).outputs)).toEqual({ value: 'fresh' });
  expect(fake.log.filter((line) => line.includes('no question is open'))).not.toEqual([]);
});

test('a client whose stdin connects late gets the question, and nobody else waits for it', async () => {
  fake.scripts.set('ask', asking('name? '));
  const late = await connect(fake.info, { stdin: 'later' });
  late.onInput(() => 'Ada');
  const id = late.send('execute_request', { code: 'ask', allow_stdin: true });
  while (!fake.log.includes('input_request waits until its client connects on stdin')) await delay(5);
  const info = await fake.client.request('kernel_info_request', {}, { channel: 'control' });
  expect(info.reply.content.status).toBe('ok');
  late.connectStdin();
  expect(printed((await late.finished(id)).outputs)).toEqual({ value: 'Ada' });
  late.close();
});

test('questions of several tasks are asked one after the other', async () => {
  fake.scripts.set('ask', async (stage) => {
    await Promise.all([asking('first', false, 1)(stage), asking('second', false, 2)(stage)]);
    return OK;
  });
  fake.client.onInput(({ content }) => `to ${content.prompt}`);
  const { outputs } = await fake.client.execute('ask');
  const text = outputs.map(({ content }) => content.text ?? '').join('');
  expect(text).toBe('{"value":"to first"}{"value":"to second"}');
});

test('an interrupt ends a pending input, and the next cell can ask again', async () => {
  fake.scripts.set('hang', async ({ cell, emit, interrupted }) => {
    const question = { kind: 'input', prompt: 'never', password: false } as const;
    emit({ type: 'ask', id: 7, execution: cell.execution, question }, []);
    await interrupted();
    return failed('KeyboardInterrupt');
  });
  fake.scripts.set('ask', asking('again', false, 8));
  const id = fake.client.send('execute_request', { code: 'hang', allow_stdin: true });
  await fake.client.until(({ channel }) => channel === 'stdin');
  await fake.client.request('interrupt_request', {}, { channel: 'control' });
  expect((await fake.client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
  fake.client.onInput(({ content }) => content.prompt);
  expect(printed((await fake.client.execute('ask')).outputs)).toEqual({ value: 'again' });
});

test('input after its cell has ended is refused, because no front end would answer', async () => {
  await fake.client.execute('x', { allow_stdin: true });
  const { scripts, executed } = fake;
  scripts.set('late', async ({ emit, print, answer }) => {
    const execution = executed[0]?.execution as number;
    const told = answer(3);
    emit({ type: 'ask', id: 3, execution, question: { kind: 'input', prompt: '', password: false } }, []);
    print(JSON.stringify(await told));
    return OK;
  });
  expect(printed((await fake.client.execute('late', { allow_stdin: true })).outputs).error).toMatch(/had ended/);
});

test('a reply that is not a string gives the cell an error', async () => {
  fake.scripts.set('ask', asking('name? '));
  const id = fake.client.send('execute_request', { code: 'ask', allow_stdin: true });
  await fake.client.until(({ channel }) => channel === 'stdin');
  fake.client.send('input_reply', { value: 5 }, { channel: 'stdin' });
  expect(printed((await fake.client.finished(id)).outputs).error).toMatch(/value should be a string, found number/);
});

test('questions that only the kernel process can answer are answered: modules are compiled, history is read', async () => {
  await fake.client.execute('earlier');
  fake.scripts.set('ask', async ({ cell, emit, print, answer }) => {
    const [module, lines] = [answer(1), answer(2)];
    const { execution } = cell;
    emit({ type: 'ask', id: 1, execution, question: { kind: 'compile', path: '/a.ts', source: 'x' } }, []);
    emit({ type: 'ask', id: 2, execution, question: { kind: 'history', n: 5 } }, []);
    print(JSON.stringify([await module, await lines]));
    return OK;
  });
  const { outputs } = await fake.client.execute('ask');
  expect(printed(outputs)).toEqual([{ value: { code: '/a.ts:x', maps: [] } }, { value: ['earlier'] }]);
});
