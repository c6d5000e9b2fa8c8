// What cells declare, through a real kernel: names that JavaScript or the kernel has already, very many, very deep.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess, textOf } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
});
afterAll(() => kernel.stop());

/** The result's text, or the error's. */
async function shown(code: string): Promise<string> {
  const { reply, outputs } = await kernel.client.execute(code);
  if (reply.content.status !== 'ok') return `${reply.content.ename}: ${reply.content.evalue}`;
  return outputs.at(-1)?.content.data?.['text/plain'];
}

const DEEP: readonly (readonly [string, string])[] = [
  ['arrow functions', `${'a=>'.repeat(20_000)}1`],
  ['else if', `if(a){}${'else if(a){}'.repeat(20_000)}`],
  ['operators', `${'!'.repeat(30_000)}1`],
  ['brackets', '['.repeat(12_000)],
  ['types', `type T = ${'A<'.repeat(8_000)}B${'>'.repeat(8_000)}`],
];

test.each(DEEP)('%s nested beyond every stack are a syntax error, and the kernel lives', async (_, code) => {
  expect(await shown(code)).toMatch(/^SyntaxError: The source is nested too deeply to be compiled/);
  const { reply } = await kernel.client.request('is_complete_request', { code });
  expect(reply.content.status).toMatch(/^(invalid|incomplete)$/);
  expect(await shown('1')).toBe('1');
});

test('two thousand names, without a semicolon', async () => {
  await shown(Array.from({ length: 2_000 }, (_, i) => `const name${i}: number = ${i}`).join('\n'));
  expect(await shown('name0 + name1999')).toBe('1999');
});

test('a string of brackets is no nesting', async () => {
  expect(await shown(`"${'('.repeat(6_000)}".length`)).toBe('6000');
});

test('a constant is refused in the words of JavaScript, with its name', async () => {
  expect(await shown('const fixed = 1; fixed = 2')).toBe("TypeError: Assignment to constant variable 'fixed'.");
  expect(await shown('fixed')).toBe('1');
});

test('_ and Out are the values shown, until a cell takes the names', async () => {
  await shown('40 + 1');
  expect(await shown('_ + 1')).toBe('42');
  const { reply } = await kernel.client.execute('"kept"');
  await shown('undefined');
  expect(await shown(`[_, Out[${reply.content.execution_count}]]`)).toBe("[ 'kept', 'kept' ]");
  await shown('const _ = "own"; let Out = 3');
  await shown('99');
  expect(await shown('[_, Out]')).toBe("[ 'own', 3 ]");
});

test('a cell compiled ahead and then aborted leaves no trace', async () => {
  const { client } = kernel;
  await shown("import { coroutine } from 'cokernel'");
  const ids = ['throw new Error("first")', 'const coroutine = 1'].map((code) =>
    client.send('execute_request', { code }),
  );
  const [, aborted] = await Promise.all(ids.map((id) => client.finished(id)));
  expect(aborted?.reply.content.status).toBe('aborted');
  expect(await shown('await coroutine(async () => 7)()')).toBe('7');
});

// Last: what it takes from the notebook does not come back.
test('a notebook may call its own things as JavaScript calls its: the kernel goes on', async () => {
  await shown(
    `class Map { own = 1 } class Set {} class Promise {} class Iterator {} class Event {}
     enum Symbol { A } let URL = 1, process = 2, Object = 3, Array = 4, JSON = 5, performance = 6, Buffer = 7,
     Math = 8, String = 9, Number = 10, Reflect = 11, WeakMap = 12, TypeError = 13, setTimeout = 14, console = 15,
     Atomics = 16, Date = 17, RegExp = 18, Proxy = 19, display = 20, jupyter = 21, Function = 22`,
  );
  expect(await shown('new Map()')).toBe('Map { own: 1 }');
  expect(await shown('[URL, process, display, Symbol.A]')).toBe('[ 1, 2, 20, 0 ]');
  const { outputs } = await kernel.client.execute('\n  undefined.x');
  expect(outputs.at(-1)?.content.traceback.join('\n')).toMatch(/Cell \[\d+\]:2:13/);
  const looping = await kernel.client.execute(
    "import { log } from 'node:console'; log('x'); const wait = coroutine(async (n: number) => { const { a, ...rest } = { a: n, b: 2 }; return a + rest.b }); await wait(1)",
  );
  expect(looping.outputs.at(-1)?.content.data['text/plain']).toBe('3');
  expect(textOf(looping.outputs)).toBe('x\n');
});
