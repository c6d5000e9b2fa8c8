// Values whose own methods never end: they are given up after two seconds, and can be interrupted before.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.execute(
    "let kept = 5; const spin = new Function('for (;;) {}'); class Never { [Symbol.for('nodejs.util.inspect.custom')]() { spin() } }",
  );
});
afterAll(() => kernel.stop());

const GIVEN_UP = 'showing the value took longer than 2 s, and was given up';

/** All that a cell showed, in order. */
async function shown(code: string): Promise<string> {
  const { outputs } = await kernel.client.execute(code);
  const texts = outputs.map(({ content }) => content.data?.['text/plain'] ?? content.text ?? content.evalue ?? '');
  return texts.join('\n');
}

/** Each takes its two seconds of the processor. */
const ENDLESS: readonly [string, string, string][] = [
  ['an inspect method', 'new Never()', `[Never: ${GIVEN_UP}]`],
  ['a method that gives HTML', 'new (class { toHTML() { spin() } })()', `{}\n${GIVEN_UP}`],
  ['a promise of a display', "({ [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) })", GIVEN_UP],
];
/** With --long, more ways to the same methods, and more places that show a value. */
const ENDLESS_TOO: typeof ENDLESS = [
  [
    'printed, once for all objects of a line',
    'console.log([new Never(), new Never()])',
    `  [Never: ${GIVEN_UP}],\n  [Never]`,
  ],
  ['what was thrown', 'throw new Never()', `[Never: ${GIVEN_UP}]`],
  [
    'values of the table of names',
    'const never = new Never(), never2 = new Never(); jupyter.names()',
    `[Never: ${GIVEN_UP}]\nnever2  Never           Never {}`,
  ],
  ['displayed', 'display(new Never()); 1', `[Never: ${GIVEN_UP}]\n1`],
  [
    'all methods that it has',
    "new (class All { toHTML() { spin() } [Symbol.for('nodejs.util.inspect.custom')]() { spin() } toString() { spin() } })()",
    `[All]\n${GIVEN_UP}`,
  ],
  ['a string', 'new (class Text { #own = 1; toString() { spin() } })()', `[Text: ${GIVEN_UP}]`],
  ['rows of a table', 'Array.from({ length: 9 }, () => ({ a: new Never() }))', `  { a: [Never] }\n]\n${GIVEN_UP}`],
  [
    'an array that displays itself',
    "Object.defineProperty([1], Symbol.for('Jupyter.display'), { value: spin })",
    `[ 1 ]\n${GIVEN_UP}`,
  ],
];

test.each(process.env.COKERNEL_LONG ? [...ENDLESS, ...ENDLESS_TOO] : ENDLESS)(
  'what never ends is given up, and the notebook goes on: %s',
  async (_name, code, text) => {
    expect(await shown(code)).toContain(text);
    expect(await shown('kept')).toBe('\n5');
  },
);

test('a promise of a long value shows it', async () => {
  const code = 'Promise.resolve(Array.from({ length: 90 }, (_, id) => ({ id, much: [id, 1e9, 1e9, 1e9] })))';
  expect(await shown(code)).toContain('{ id: 89,');
});

test.each(['new Never()', 'console.log(new Never())', 'new (class { toHTML() { spin() } })()'])(
  'the stop button ends it before: %s',
  async (code) => {
    const { client } = kernel;
    const id = client.send('execute_request', { code });
    await client.until(
      ({ header, parent_header }) => header.msg_type === 'execute_input' && parent_header.msg_id === id,
    );
    client.send('interrupt_request', {}, { channel: 'control' });
    expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect(await shown('kept')).toBe('\n5');
  },
);

test('the stop button ends a user expression, the expressions behind it and the cells that are queued', async () => {
  const { client } = kernel;
  const user_expressions = { first: '1', loop: 'console.log("in the loop"); for (;;) {}', behind: 'for (;;) {}' };
  const id = client.send('execute_request', { code: '1', user_expressions });
  const queued = client.send('execute_request', { code: 'kept = 6' });
  await client.until(
    ({ header, parent_header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('in the loop'),
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  expect((await client.finished(id)).reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect((await client.finished(queued)).reply.content.status).toBe('aborted');
  expect(await shown('kept')).toBe('\n5');
});

test("a person's own error that is called KeyboardInterrupt is that expression's alone", async () => {
  const { client } = kernel;
  await client.execute("const fail = () => { throw Object.assign(new Error('mine'), { name: 'KeyboardInterrupt' }) }");
  const { reply } = await client.execute('1', { user_expressions: { own: 'fail()', behind: '2' } });
  expect(reply.content.user_expressions).toMatchObject({
    own: { status: 'error', ename: 'KeyboardInterrupt', evalue: 'mine' },
    behind: { status: 'ok', data: { 'text/plain': '2' } },
  });
});

test('the stop button ends a cell though the person makes stacks, for ever, and the state is kept', async () => {
  const { client } = kernel;
  await client.execute('Error.prepareStackTrace = spin');
  const id = client.send('execute_request', { code: 'console.log("reading"); new Error("x").stack' });
  await client.until(({ parent_header, content }) => parent_header.msg_id === id && content.text === 'reading\n');
  client.send('interrupt_request', {}, { channel: 'control' });
  expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
  await client.execute('Error.prepareStackTrace = undefined');
  expect(await shown('kept')).toBe('\n5');
});
