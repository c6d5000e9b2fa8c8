// When type errors are told: before idle where the front end leaves at idle, and after it, under their cell, where a
// person sits before one that shows late output.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess, textOf } from '../client.ts';

let kernel: KernelProcess;
const WRONG = "const text: string = 1; 'ran'";

beforeAll(async () => {
  kernel = await startKernelProcess();
  // A question waits for the language server to start; a cell would not.
  await kernel.client.request('complete_request', { code: 'Ma', cursor_pos: 2 });
});
afterAll(() => kernel.stop());

test('a front end that takes no input, such as nbconvert, gets them before idle', async () => {
  const { outputs } = await kernel.client.execute(WRONG, { allow_stdin: false });
  expect(textOf(outputs, 'stderr')).toContain('TS2322');
});

test('a front end that takes input gets idle first, and then the type errors of the cell', async () => {
  const { client } = kernel;
  const id = client.send('execute_request', { code: WRONG, allow_stdin: true });
  await client.finished(id);
  const told = await client.until(
    ({ header, parent_header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('TS2322'),
  );
  const own = client.received.filter(({ parent_header }) => parent_header.msg_id === id);
  const idle = own.findIndex(({ content }) => content.execution_state === 'idle');
  expect(own.indexOf(told)).toBeGreaterThan(idle);
});

test('queued cells get their type errors in order, each its own, once', async () => {
  const { client } = kernel;
  const codes = ['const a: string = 1;', 'let b: number;', 'const c: boolean = 2;'];
  const ids = codes.map((code) => client.send('execute_request', { code, allow_stdin: true }));
  const under = (id: string | undefined) => (message: (typeof client.received)[number]) =>
    message.parent_header.msg_id === id && message.header.msg_type === 'stream';
  await client.until(under(ids[2]));
  const texts = ids.map((id) => textOf(client.received.filter(under(id)), 'stderr').match(/TS\d+/g));
  expect(texts).toEqual([['TS2322'], null, ['TS2322']]);
});

test('a missing name that failed the run is not reported a second time', async () => {
  const { reply, outputs } = await kernel.client.execute('neverDefined', { allow_stdin: false });
  expect(reply.content.ename).toBe('ReferenceError');
  expect(textOf(outputs, 'stderr')).toBe('');
});

test.each([
  'import nothing from "no-such-package"',
  'await import("./no-such-file.ts")',
  'import serve from "no-such-server"; serve((request, { url }) => url)',
])('a module that the run found missing is not told a second time: %s', async (code) => {
  const { reply, outputs } = await kernel.client.execute(code, { allow_stdin: false });
  expect(reply.content.evalue).toContain('no-such');
  expect(textOf(outputs, 'stderr')).toBe('');
});

test('with --language off nothing is checked, though strict is asked for, and completion knows what runs', async () => {
  const unchecked = await startKernelProcess({ args: ['--language', 'off', '--diagnostics', 'strict'] });
  try {
    const { reply, outputs } = await unchecked.client.execute(WRONG);
    expect(reply.content.status).toBe('ok');
    expect(textOf(outputs, 'stderr')).toMatch(/strict needs the language server.*cells run unchecked/);
    const completion = await unchecked.client.request('complete_request', { code: 'tex', cursor_pos: 3 });
    expect(completion.reply.content.matches).toEqual(['text']);
  } finally {
    await unchecked.stop();
  }
});
