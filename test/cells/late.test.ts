// What happens after a cell's end, through a real kernel: its errors are told under it, kill nothing, and what spins
// can be stopped for good.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, type Received, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
});
afterAll(() => kernel.stop());

/** Runs a cell; resolves with the first message of a type under it, however late. */
async function lateMessage(code: string, type: string): Promise<Received> {
  const { client } = kernel;
  const { reply } = await client.execute(code);
  expect(reply.content.status).toBe('ok');
  const id = reply.parent_header.msg_id;
  void client.execute('await new Promise((resolve) => setTimeout(resolve, 100))');
  return client.until(({ header, parent_header }) => header.msg_type === type && parent_header.msg_id === id);
}

test.each([
  ['a timer', 'setTimeout(() => { throw new Error("late") }, 30)'],
  ['an immediate', 'setTimeout(() => setImmediate(() => { throw new Error("late") }), 30)'],
  ['a microtask', 'setTimeout(() => queueMicrotask(() => { throw new Error("late") }), 30)'],
  ['a tick', 'setTimeout(() => process.nextTick(() => { throw new Error("late") }), 30)'],
  ['a rejected promise', 'new Promise((_, reject) => setTimeout(reject, 30, new Error("late")))'],
  ['an async function', '(async () => { await new Promise((r) => setTimeout(r, 30)); throw new Error("late") })()'],
  [
    'an emitter',
    'import { EventEmitter } from "node:events"; setTimeout(() => new EventEmitter().emit("error", new Error("late")), 30)',
  ],
])('an error of %s is told under its cell, with its place', async (_, code) => {
  const { content } = await lateMessage(`${code}; 0`, 'error');
  expect(content).toMatchObject({ ename: 'Error', evalue: 'late' });
  expect(content.traceback.join('\n')).toMatch(/Cell \[\d+\]:1:\d+/);
});

test.each([
  ['a timer', 'uncaughtException', 'setTimeout(() => { throw new Error("mine") }, 5)', 'uncaughtException'],
  [
    'an emitter',
    'uncaughtException',
    'import { EventEmitter } from "node:events"; setTimeout(() => new EventEmitter().emit("error", new Error("mine")), 5)',
    'uncaughtException',
  ],
  ['a rejection', 'uncaughtException', 'Promise.reject(new Error("mine"))', 'unhandledRejection'],
  ['a rejection', 'unhandledRejection', 'Promise.reject(new Error("mine"))', 'object'],
])("an error of %s goes to the person's own handler of %s, and to nothing else", async (_, event, code, second) => {
  const handler = `(error, what) => console.log('handled', error.message, typeof what === 'string' ? what : typeof what)`;
  const { outputs } = await kernel.client.execute(
    `process.once('${event}', ${handler}); ${code}; await new Promise((resolve) => setTimeout(resolve, 30))`,
  );
  const said = outputs.filter(({ header }) => header.msg_type !== 'execute_input');
  expect(said.map(({ content }) => content.text ?? content.ename)).toEqual([`handled mine ${second}\n`]);
});

test.each([
  [
    'awaits of what is settled',
    'const bad = Promise.reject(new Error("x")); for (let i = 0; i < 5; i++) await Promise.resolve(i); await bad.catch(() => {})',
  ],
  ['for await', 'try { for await (const x of [Promise.resolve(1), Promise.reject(new Error("x"))]) x } catch {}'],
  ['a catch at the end', 'const bad = Promise.reject(new Error("x")); await Promise.resolve(); bad.catch(() => {})'],
])('a rejection that is handled before a program would have asked is none: %s', async (_, code) => {
  const { reply, outputs } = await kernel.client.execute(`{ ${code} }`);
  expect(reply.content.status).toBe('ok');
  expect(outputs.filter(({ header }) => header.msg_type !== 'execute_input')).toEqual([]);
});

test('a rejection that nobody handles is told before the reply, though the loop goes on', async () => {
  const { outputs } = await kernel.client.execute(
    `import { coroutine, createTask, sleep } from 'cokernel'; const busy = createTask(coroutine(async () => { for (;;) await sleep(0) })());
     Promise.reject(new Error('nobody')); await Promise.resolve();`,
  );
  expect(outputs.map(({ content }) => content.evalue)).toContain('nobody');
  await kernel.client.execute('busy.cancel(); 0');
});

test('a rejection that nobody handles is told before the reply of a cell that awaits nothing', async () => {
  const { outputs } = await kernel.client.execute('Promise.reject(new Error("at once")); 1');
  const said = outputs.map(({ content }) => content.evalue ?? content.data?.['text/plain']);
  expect(said).toEqual([undefined, '1', 'at once']);
});

test('without a handler of the person the next error is told again', async () => {
  const { content } = await lateMessage(
    'process.once("uncaughtException", () => {}); process.removeAllListeners("uncaughtException");' +
      'setTimeout(() => { throw new Error("told") }, 5); 0',
    'error',
  );
  expect(content.evalue).toBe('told');
});

test('an error in a handler is told, and does not end the process', async () => {
  const { content } = await lateMessage(
    'process.once("uncaughtException", () => { throw new Error("in the handler") });' +
      'setTimeout(() => { throw new Error("mine") }, 5); 0',
    'error',
  );
  expect(content.evalue).toBe('in the handler');
});

test('a rejection that is handled later in the cell is still told, as nobody had handled it', async () => {
  const { outputs } = await kernel.client.execute(
    'const p = Promise.reject(new Error("soon")); await null; p.catch(() => {}); 1',
  );
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('1');
});

test('an error whose message never ends is given up at an interrupt', async () => {
  const { client } = kernel;
  await client.execute(
    'const hostile = new Error(); Object.defineProperty(hostile, "message", { get() { for (;;) {} } }); 0',
  );
  const id = client.send('execute_request', { code: 'console.log("throws"); throw hostile' });
  await client.until(({ header, parent_header }) => header.msg_type === 'stream' && parent_header.msg_id === id);
  client.send('interrupt_request', {}, { channel: 'control' });
  expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
  expect((await client.execute('1')).reply.content.status).toBe('ok');
});

test('an interval that spins is ended by one interrupt, and cells have their turn again', async () => {
  const { client } = kernel;
  const { reply } = await client.execute('setInterval(() => { console.log("spins"); for (;;) {} }, 1); 0');
  const under = (type: string, text: string) =>
    client.until(
      ({ header, parent_header, content }) =>
        header.msg_type === type && parent_header.msg_id === reply.parent_header.msg_id && content.text.includes(text),
    );
  await under('stream', 'spins');
  client.send('interrupt_request', {}, { channel: 'control' });
  await under('stream', 'KeyboardInterrupt');
  for (let cell = 0; cell < 3; cell++) expect((await client.execute('1')).reply.content.status).toBe('ok');
});

test('of thousands of rejections some are told, and how many more there were; the next cell has its turn at once', async () => {
  const { reply } = await kernel.client.execute('for (let i = 0; i < 20_000; i++) Promise.reject(new Error(`${i}`))');
  const { msg_id } = reply.parent_header;
  const under = ({ parent_header }: Received) => parent_header.msg_id === msg_id;
  const rest = await kernel.client.until((message) => under(message) && message.header.msg_type === 'stream');
  const errors = kernel.client.received.filter((message) => under(message) && message.header.msg_type === 'error');
  // Those of other cells in the same second count too.
  expect(errors.length).toBeGreaterThan(50);
  expect(errors.map(({ content }) => content.evalue)).toEqual(errors.map((_, at) => `${at}`));
  expect(rest.content.text).toBe(`… and ${20_000 - errors.length} more errors that nothing caught\n`);
  expect((await kernel.client.execute('1')).reply.content.status).toBe('ok');
});

test('one interrupt ends a handler of errors that spins, for all that come together, and the variables stay', async () => {
  const { client } = kernel;
  await client.execute(
    'var kept = "kept"; process.on("uncaughtException", () => { console.log("spins"); /^(a+)+$/.test("a".repeat(60) + "b"); })',
  );
  const cell = 'for (let i = 0; i < 5; i++) Promise.reject(new Error()); await new Promise(() => {})';
  const id = client.send('execute_request', { code: cell });
  await client.until(({ header, parent_header }) => header.msg_type === 'stream' && parent_header.msg_id === id);
  client.send('interrupt_request', {}, { channel: 'control' });
  expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
  const { outputs } = await client.execute('process.removeAllListeners("uncaughtException"); kept');
  expect(outputs.at(-1)?.content.data['text/plain']).toBe("'kept'");
});
