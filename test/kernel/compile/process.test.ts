// The compile process: long texts are compiled there as short ones are here, and whatever becomes of the process is an
// error of the text that it had, and of no other.

import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { runTask, stopCompiling } from '../../../kernel/compile/compile-process.ts';
import { withCode } from '../../../kernel/compile/with-code.ts';
import { loadCompiler } from '../../../kernel/queue/load-compiler.ts';
import type { CompiledCell } from '../../../runtime/events.ts';
import { isShort } from '../../../runtime/parser.ts';

const compiler = () => loadCompiler(import.meta.dirname, () => {});
const long = (text: string) => `${'f();\n'.repeat(3_000)}${text}`;
const deep = `x${'.x'.repeat(100_000)}`;
/** Takes the parser ten seconds: each word is an error of its own, and it looks for the first. */
const endless = `type A = ${'readonly '.repeat(15_000)}a[]`;

/** The processes that this one started and that run kernel/compile. */
function compileProcesses(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const runs = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/compile/main');
  return children.filter((pid) => pid !== '' && runs(pid)).map(Number);
}

afterEach(() => stopCompiling());

test('cells behind a long one are lowered by what it imports, though all were sent at once', async () => {
  const cells = compiler();
  const [first, second, third] = await Promise.all([
    cells.cell("import { coroutine } from 'cokernel'", 'Cell [1]'),
    cells.cell(long("import { coroutine as task } from 'cokernel'; coroutine(async () => {})"), 'Cell [2]'),
    cells.cell('task(async () => {})', 'Cell [3]'),
  ]);
  expect(first).toMatchObject({ declares: ['coroutine'] });
  expect(withCode(second as CompiledCell)).toMatchObject({
    declares: ['task'],
    code: expect.stringContaining('.body('),
  });
  expect(third).toMatchObject({ code: expect.stringContaining('.body(') });
});

test('long cells export what cells before them declared, short ones and long ones, and are exported from', async () => {
  const cells = compiler();
  const sources = ['const one = 1', long('const two = 2'), long('export { one, two }'), 'export { one, two as three }'];
  const compiled = await Promise.all(sources.map((source, at) => cells.cell(source, `Cell [${at + 1}]`)));
  expect(compiled.map((cell) => 'error' in cell)).toEqual([false, false, false, false]);
  const evalue = expect.stringContaining("Export 'three' is not defined");
  expect(await cells.cell(long('export { three }'), 'Cell [5]')).toMatchObject({ error: { evalue } });
});

test('an error in a long cell names its place, as in a short one', async () => {
  expect(isShort(long(''))).toBe(false);
  const found = await compiler().cell(long('const = 1'), 'Cell [1]');
  expect(found).toMatchObject({
    error: { ename: 'SyntaxError', evalue: expect.stringContaining('(Cell [1]:3001:7)') },
  });
});

test('a text that ends the process is a syntax error, as a cell and as a file, and the next text is compiled', async () => {
  const cells = compiler();
  const [bad, good] = await Promise.all([cells.cell(deep, 'Cell [1]'), cells.cell(long('1'), 'Cell [2]')]);
  const sentence = /The source is nested too deeply to be compiled: split the expression/;
  expect(bad).toMatchObject({ error: { ename: 'SyntaxError', evalue: expect.stringMatching(sentence) } });
  expect(good).toMatchObject({ declares: [] });
  await expect(cells.module('/a.ts', deep)).rejects.toThrow(sentence);
  expect(await cells.completeness(deep)).toEqual({ status: 'invalid' });
});

test('an interrupt gives up a cell that takes long to compile, and the next one is compiled', async () => {
  const cells = compiler();
  const given = cells.cell(endless, 'Cell [1]');
  const next = cells.cell(long('1'), 'Cell [2]');
  // By then the process has the first.
  await new Promise((resolve) => setImmediate(resolve));
  cells.stop();
  await expect(given).rejects.toThrow('the compilation was interrupted');
  expect(await next).toMatchObject({ declares: [] });
});

(process.platform === 'linux' ? test : test.skip)(
  'a process that is killed is told as such, and started again',
  async () => {
    const lost = runTask('completeness', endless, {});
    for (const pid of compileProcesses()) process.kill(pid, 'SIGKILL');
    await expect(lost).rejects.toThrow('the compiler ended with SIGKILL');
    expect(await runTask('completeness', long('1'), {})).toEqual({ status: 'complete' });
    const [pid] = compileProcesses();
    expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size\s+0 /m);
  },
);

test('a long text arrives whole, whatever characters it is cut between', async () => {
  const text = `'${'a😀'.repeat(1_000_000)}'; nameAtTheEnd`;
  const source = await runTask('read', text, {});
  expect(source?.mentions).toEqual(['nameAtTheEnd']);
  expect(source?.text).toBe(text);
});
