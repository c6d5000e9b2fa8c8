// Text that is not well-formed Unicode, and values that JSON cannot represent, through a real kernel and nbconvert.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, startKernelProcess, textOf } from '../client.ts';
import { type JupyterHome, jupyterHome } from '../jupyter.ts';
import { python, runPython, testWithPython } from '../python.ts';

let home: JupyterHome;

beforeAll(async () => {
  if (python !== undefined) home = await jupyterHome();
});
afterAll(() => home?.remove());
afterEach(cleanUp);

/** Each shows one half of a surrogate pair somewhere. */
const HALVES = [
  `console.log('out \\ud800'); console.error('err \\udfff')`,
  `html('<b>\\ud800</b>')`,
  `table([{ ['k\\ud800']: 'v\\udc00' }])`,
  `json({ 'k\\ud800': ['v\\udfff'] })`,
  `display({ 'text/x\\ud800': 'x' }, { raw: true, metadata: { 'm\\ud800': '\\udfff' } })`,
  `class Half extends Error { name = 'Half\\ud800' }; throw new Half('message \\udfff')`,
  `setTimeout(() => { throw new Error('late \\ud800') }); await new Promise((done) => setTimeout(done, 50))`,
];

testWithPython('nbconvert executes a notebook that prints half characters in place, and leaves it whole', async () => {
  const path = join(home.folder, 'halves.ipynb');
  const cell = (source: string, index: number) => ({
    ...{ cell_type: 'code', id: `c${index}`, metadata: {}, execution_count: null, outputs: [], source },
  });
  const metadata = { kernelspec: { name: 'cokernel', display_name: 'TypeScript', language: 'typescript' } };
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: HALVES.map(cell) }));
  const args = ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', '--allow-errors', path];
  const { code, output } = await runPython(args, { cwd: home.folder, env: home.env });
  if (code !== 0) throw new Error(output);
  const text = readFileSync(path, 'utf8');
  const { cells } = JSON.parse(text) as { cells: { outputs: object[] }[] };
  for (const { outputs } of cells) expect(JSON.stringify(outputs)).toContain('\ufffd');
});

test('a BigInt in the bundle of an expression is the error of that expression, and the queue goes on', async () => {
  const { client, stop } = await startKernelProcess();
  const bundle = "{ [Symbol.for('Jupyter.display')]: () => ({ 'application/json': 1n }) }";
  const { reply } = await client.execute('1', { user_expressions: { big: `(${bundle})`, small: '2' } });
  expect(reply.content.status).toBe('ok');
  expect(reply.content.user_expressions.small.data).toEqual({ 'text/plain': '2' });
  expect(reply.content.user_expressions.big).toMatchObject({ status: 'error', ename: 'TypeError' });
  expect(reply.content.user_expressions.big.evalue).toMatch(/'application\/json' expected a value that JSON can/);
  const shown = await client.execute(`(${bundle})`);
  expect(shown.reply.content.status).toBe('ok');
  expect(shown.outputs.map(({ header }) => header.msg_type)).toEqual(['execute_input', 'execute_result', 'error']);
  const refused = await client.execute("display({ 'text/html': 5 }, { raw: true })");
  expect(refused.reply.content.evalue).toBe("display(…, { raw: true }): 'text/html' expected a string, got 5.");
  expect(textOf((await client.execute("console.log('on')")).outputs)).toBe('on\n');
  await stop();
});
