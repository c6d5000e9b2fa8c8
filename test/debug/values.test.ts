// Values over the wire: the explorer, the scopes, evaluation, and what each of them does not do.

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp, textOf } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let on: Debugging;

beforeEach(async () => {
  on = await debugging();
});
afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

/** The notebook's names as the explorer lists them, without those that cokernel exports. */
async function explored(): Promise<readonly { readonly name: string; readonly [field: string]: unknown }[]> {
  return (await on.body('inspectVariables')).variables;
}

const TRAPS = `let touched = 0;
const getter = { get value() { touched++; return 1; } };
const proxy = new Proxy({ a: 1 }, new Proxy({}, { get() { touched++; } }));
class Shown { toString() { touched++; return 'shown'; } [Symbol.for('nodejs.util.inspect.custom')]() { touched++; return 'x'; } }
const shown = new Shown();
const list = Array.from({ length: 10_000 }, (_, i) => i);
let text = 'tea';
function plain(n: number): number { return n; }
const asked = coroutine(async () => 1);
touched = 0;`;

test('the explorer lists a notebook that runs on, marks names by kind, and runs no getter and no proxy', async () => {
  await on.run("import { coroutine, sleep } from 'cokernel';");
  await on.run(TRAPS);
  const variables = await explored();
  const named = (name: string) => variables.find((variable) => variable.name === name);
  expect(named('text')).toMatchObject({ value: '"tea"', type: 'str', presentationHint: { kind: 'data' } });
  expect(named('list')).toMatchObject({ presentationHint: { attributes: ['constant', 'readOnly'] } });
  expect(named('plain')).toMatchObject({ type: 'function', value: 'function(n)' });
  expect(named('asked')).toMatchObject({ type: 'coroutine function' });
  expect(named('shown')?.value).toBe('Shown {}');
  for (const { variablesReference } of variables) {
    if (Number(variablesReference) > 0) await on.variables(Number(variablesReference));
  }
  expect((await on.run('touched')).outputs.at(-1)?.content.data['text/plain']).toBe('0');
});

test('10,000 values come in parts', async () => {
  await on.run(TRAPS.replace('coroutine(async () => 1)', '1'));
  const list = (await explored()).find(({ name }) => name === 'list');
  const first = await on.variables(Number(list?.variablesReference));
  expect(first).toHaveLength(501);
  expect(first.at(-1)).toMatchObject({ name: '500 …' });
  const second = await on.variables(first.at(-1)?.variablesReference as number);
  expect(second[0]).toMatchObject({ name: '500', value: '500' });
  const { variables } = await on.body('variables', {
    variablesReference: list?.variablesReference,
    start: 9_990,
    count: 5,
  });
  expect(variables[0]).toMatchObject({ name: '9990' });
});

test('lists of millions unfold in tenths, down to their items', async () => {
  const code =
    'const long = Array.from({ length: 2_000_000 }, (_, at) => at);\n' +
    'const bytes = new Uint8Array(50_000_000).fill(7);\nconst holes = []; holes[4e9] = 1;\n0';
  await on.breakAt(code, 4);
  const run = on.run(code);
  await on.stopped();
  const { variables } = await on.body('inspectVariables', {});
  for (const [name, path, items, first] of [
    ['long', ['1000000 … 1999999', '1100000 … 1199999', '1100000 … 1109999'], 500, '1100000 = 1100000'],
    [
      'bytes',
      ['40000000 … 49999999', '49000000 … 49999999', '49900000 … 49999999', '49990000 … 49999999'],
      500,
      '49990000 = 7',
    ],
    ['holes', ['4000000000 … 4000000000'], 1, '4000000000 = 1'],
  ] as const) {
    let reference = variables.find((variable: { name: string }) => variable.name === name).variablesReference;
    for (const section of path) {
      const parts = await on.variables(reference);
      expect(parts.map((part) => part.name)).toContain(section);
      reference = parts.find((part) => part.name === section)?.variablesReference;
    }
    const shown = await on.variables(reference);
    expect(shown.length).toBeGreaterThanOrEqual(items);
    expect(`${shown[0]?.name} = ${shown[0]?.value}`).toBe(first);
  }
  await on.go();
  expect((await run).reply.content.status).toBe('ok');
});

test('the explorer answers before the first cell, while a cell spins, while the program stands, and with the debugger off', async () => {
  expect(await explored()).toEqual([]);
  await on.run('let n = 1;');
  const spin = on.run('let go = true;\nwhile (go) n++;');
  await on.client.until(({ header, content }) => header.msg_type === 'execute_input' && content.execution_count === 2);
  expect((await explored()).map(({ name }) => name)).toContain('n');
  await on.client.request('interrupt_request', {}, { channel: 'control' });
  await spin;
  await on.breakAt('n = 2;\nn', 2);
  const run = on.run('n = 2;\nn');
  await on.stopped();
  expect((await explored()).find(({ name }) => name === 'n')).toMatchObject({ value: '2' });
  await on.go();
  await run;
  await on.body('disconnect', {});
  const off = await explored();
  expect(off.find(({ name }) => name === 'n')).toMatchObject({ value: '2', variablesReference: 0 });
});

const NESTED = `import { coroutine, createTask, sleep } from 'cokernel';
const name = 'notebook';
const wait = coroutine(async (name: string) => {
  let shadow = 1;
  for (const n of [1]) {
    const shadow = 'inner';
    await sleep(30);
  }
  return shadow;
});
const task = createTask(wait('Ada'), { name: 'suspended' });
await sleep(0.01);
const stop = 1;
stop + 1;
task.cancel();`;

test('the locals of a suspended coroutine are there, block by block, an inner name hiding an outer one', async () => {
  await on.breakAt(NESTED, 14);
  const run = on.run(NESTED);
  const at = await on.stopped();
  const { threads } = await on.body('threads');
  const suspended = threads.find((thread: { name: string }) => thread.name.startsWith('suspended'));
  expect(suspended.name).toBe('suspended (waits for sleep(30))');
  const { stackFrames } = await on.body('stackTrace', { threadId: suspended.id });
  expect(stackFrames).toMatchObject([{ name: 'await wait', line: 7 }]);
  expect([...(await on.scope(stackFrames[0], 'Local'))].sort()).toEqual(['n = 1', 'name = "Ada"', 'shadow = "inner"']);
  const ask = async (expression: string) =>
    (await on.body('evaluate', { expression, frameId: stackFrames[0].id })).result;
  expect(await ask('name + shadow')).toBe('"Adainner"');
  expect(await ask('(name as string).length + stop')).toBe('4');
  expect(at.stack).toEqual(['Cell [1]:14']);
  await on.go();
  await run;
});

test('evaluate takes TypeScript, assigns, ends what never ends, and says what is wrong with await', async () => {
  const code = 'let total = 1;\nfunction f(n: number) {\n  let own = n;\n  return own + total;\n}\nf(5)';
  await on.breakAt(code, 4);
  const run = on.run(code);
  await on.stopped();
  const result = async (expression: string) => (await on.body('evaluate', { expression, context: 'repl' })).result;
  expect(await result('own as number + 1')).toBe('6');
  expect(await result('own = 40')).toBe('40');
  expect(await result('total = 2')).toBe('2');
  expect(await result('{ a: own, b: [total] }')).toBe('{a: 40, b: Array(1)}');
  const failed = async (expression: string) => (await on.ask('evaluate', { expression })).message;
  expect(await failed('missing')).toBe('ReferenceError: missing is not defined');
  expect(await failed('await f(1)')).toContain('`await` needs the program to go on');
  expect(await failed('for (;;) {}')).toContain('still running after 2 seconds');
  expect(await failed('own +')).toContain('SyntaxError');
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('42');
});

test('a value that never ends to show itself is given up while the program stands, and the debugger goes on', async () => {
  const code = `import { coroutine, sleep } from 'cokernel';
const endless = { [Symbol.for('nodejs.util.inspect.custom')]() { for (;;) {} } };
const inner = coroutine(async () => {
  await sleep(0);
  return 1;
});
const outer = coroutine(async () => { const cups = 4; return cups + (await inner()); });
await outer()`;
  await on.breakAt(code, 5);
  const run = on.run(code);
  const { stack, frames } = await on.stopped();
  expect(stack).toEqual(['inner:5', 'await outer:7', 'Cell [1]:8']);
  const [, suspended] = frames.map(({ id }) => id);
  const shown = await on.body('richInspectVariables', { variableName: 'endless' });
  expect(shown.data['text/plain']).toContain('inspect.custom');
  expect((await on.body('evaluate', { expression: 'cups + 1', frameId: suspended })).result).toBe('5');
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('5');
});

test('evaluate says of a task what it does', async () => {
  await on.run("import { createTask, sleep } from 'cokernel'; const nap = createTask(sleep(60), { name: 'nap' });");
  expect((await on.body('evaluate', { expression: 'nap' })).result).toContain('waits for sleep(60)');
  await on.run('nap.cancel()');
});

test('evaluate works among the notebook names while nothing stands', async () => {
  await on.run('const base: number = 20;');
  expect((await on.body('evaluate', { expression: 'base * 2 as number' })).result).toBe('40');
});

test('copyToGlobals makes a local a name of the notebook, and setVariable sets one', async () => {
  const code = 'function f() {\n  const found = { tea: true };\n  let n = 1;\n  return Math.max(0, n);\n}\nf()';
  await on.breakAt(code, 4);
  const run = on.run(code);
  const { frames } = await on.stopped();
  const srcFrameId = frames[0]?.id;
  await on.body('copyToGlobals', { srcVariableName: 'found', dstVariableName: 'kept', srcFrameId });
  for (const dstVariableName of ['two words', 'class', '']) {
    const refused = await on.ask('copyToGlobals', { srcVariableName: 'found', dstVariableName, srcFrameId });
    expect(refused).toMatchObject({ success: false, message: expect.stringContaining('cannot be the name') });
  }
  const { scopes } = await on.body('scopes', { frameId: srcFrameId });
  const { variablesReference } = scopes[0];
  expect(await on.body('setVariable', { variablesReference, name: 'n', value: '3 + 4' })).toMatchObject({ value: '7' });
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('7');
  expect((await on.run('kept.tea')).outputs.at(-1)?.content.data['text/plain']).toBe('true');
});

test('richInspectVariables gives what display would show, within a limit', async () => {
  await on.run(
    'const rows = [{ a: 1 }, { a: 2 }]; const endless = { toString() { for (;;) {} }, toHTML() { for (;;) {} } };',
  );
  const rich = await on.body('richInspectVariables', { variableName: 'rows' });
  expect(Object.keys(rich.data)).toContain('text/plain');
  expect((await on.body('richInspectVariables', { variableName: 'endless' })).data['text/plain']).toContain('toHTML');
  expect((await on.run('endless')).outputs.at(-1)?.content.ename).toBe('GivenUp');
  await on.breakAt('rows.length;\n1', 2);
  const run = on.run('rows.length;\n1');
  const { frames } = await on.stopped();
  const standing = await on.body('richInspectVariables', { variableName: 'rows', frameId: frames[0]?.id });
  expect(standing.data).toEqual(rich.data);
  await on.go();
  await run;
});

test('time stands still for timeouts while the program stands, and what was printed is there', async () => {
  const within = `import { waitFor, coroutine, sleep } from 'cokernel';
console.log('before');
const slow = coroutine(async () => {
  await sleep(0.05);
  const n = 1;
  await sleep(0.05);
  return n;
});
await waitFor(slow(), 0.3)`;
  await on.breakAt(within, 5);
  const run = on.run(within);
  await on.stopped();
  await on.client.until(({ header, content }) => header.msg_type === 'stream' && content.text === 'before\n');
  await new Promise((resolve) => setTimeout(resolve, 600));
  await on.go();
  const { reply, outputs } = await run;
  expect(reply.content.status).toBe('ok');
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('1');
  expect(textOf(outputs)).toBe('before\n');
});
