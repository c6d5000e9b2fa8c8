// The same cases through a real kernel and jupyter_client: what the language service says reaches a client whole.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect } from '@jest/globals';
import { cleanUp, startKernelProcess } from '../client.ts';
import { runPython, testWithPython } from '../python.ts';
import * as completions from './cases/complete.ts';
import * as errors from './cases/diagnose.ts';
import * as inspections from './cases/inspect.ts';
import { unmark } from './notebook.ts';

const folders: string[] = [];

afterEach(() => {
  cleanUp();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Question = readonly ['run', string] | readonly ['complete' | 'inspect', string, number];
// biome-ignore lint/suspicious/noExplicitAny: replies are compared with what is expected, whatever they are
type Reply = any;

/** Starts a kernel in a folder with these files and asks it everything, in order. */
async function ask(files: Readonly<Record<string, string>>, questions: readonly Question[], args: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-language-'));
  folders.push(folder);
  const write = (name: string, text: string): string => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const cwd = join(folder, 'notebook');
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) write(join('notebook', name), text);
  // A busy machine must not lose what TypeScript says: it is waited for.
  const kernel = await startKernelProcess({ cwd, args, env: { COKERNEL_PATIENCE: '25000' } });
  const connection = write('connection.json', JSON.stringify(kernel.info));
  const asked = write('questions.json', JSON.stringify(questions));
  const { code, output } = await runPython([join(import.meta.dirname, 'ask.py'), connection, asked]);
  await kernel.stop();
  if (code !== 0) throw new Error(`${output}\n${kernel.log()}`);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reply);
}

const run = (code: string): Question => ['run', code];

testWithPython('every completion', async () => {
  const cases = Object.values(completions.table).flat();
  const questions = cases
    .map(({ code }) => unmark(code))
    .map(({ code, cursor }) => ['complete', code, cursor] as const);
  const replies = await ask(completions.files, [...completions.cells.map(run), ...questions]);
  for (const [index, wanted] of cases.entries()) {
    const { matches, cursor_start, cursor_end, metadata, status } = replies[completions.cells.length + index];
    const { code } = unmark(wanted.code);
    expect([wanted.code, status]).toEqual([wanted.code, 'ok']);
    if (wanted.all) expect([wanted.code, matches]).toEqual([wanted.code, wanted.all]);
    if (wanted.some) expect(matches).toEqual(expect.arrayContaining([...wanted.some]));
    expect([wanted.code, [...code].slice(cursor_start, cursor_end).join('')]).toEqual([
      wanted.code,
      wanted.replaced ?? '',
    ]);
    const [first] = metadata._jupyter_types_experimental ?? [];
    if (wanted.type) expect([wanted.code, first.type]).toEqual([wanted.code, wanted.type]);
    if (wanted.signature) expect([wanted.code, first.signature]).toEqual([wanted.code, wanted.signature]);
  }
});

testWithPython('every inspection', async () => {
  const cases = Object.values(inspections.table).flatMap((table) => Object.entries(table));
  const questions = cases.map(([code]) => unmark(code)).map(({ code, cursor }) => ['inspect', code, cursor] as const);
  const replies = await ask(inspections.files, [...inspections.cells.map(run), ...questions]);
  for (const [index, [code, wanted]] of cases.entries()) {
    const { found, data } = replies[inspections.cells.length + index];
    // What the program says of the value now comes behind what is expected here.
    const said = data['text/plain']?.replace(/(^|\n\n)Now: [\s\S]*$/, '');
    expect([code, said === '' ? undefined : said]).toEqual([code, wanted]);
    if (wanted !== undefined) expect(found).toBe(true);
  }
});

testWithPython('every type error, under its cell, once, and the cell runs', async () => {
  // A completion waits for the language server, a cell does not.
  const questions: Question[] = [['complete', '', 0]];
  const expected: (readonly [at: number, code: string, count: number, texts: readonly string[]])[] = [];
  // All in one notebook: what a case declares is declared anew by the next.
  for (const [before, code, texts] of errors.wrong) {
    questions.push(...before.map(run));
    expected.push([questions.length, code, before.length + 1, texts]);
    questions.push(run(code));
  }
  const replies = await ask(errors.files, questions);
  for (const [at, code, shown, texts] of expected) {
    const { stderr, count, ename } = replies[at];
    // A name or a module that the run found missing too is told once, by its error.
    const told = ename === 'ReferenceError' ? /TS(2304|2552)/ : ename ? /TS2307/ : /^$/;
    const news = texts.filter((one) => !told.test(one));
    const text = news.map((one) => `${one}\n`).join('\n');
    expect([code, stderr.replaceAll(`Cell [${count}]`, `Cell [${shown}]`)]).toEqual([code, text]);
  }
});

testWithPython('in strict mode a cell with a type error does not run, and one without does', async () => {
  const questions = [
    run('let runs = 0;'),
    run('runs += 1; const text: string = 1;'),
    run('runs += 1; if (runs !== 1) throw 0;'),
  ];
  const [, refused, runs] = await ask({}, questions, ['--diagnostics', 'strict']);
  const message = "Type 'number' is not assignable to type 'string'.";
  expect(refused).toEqual({
    status: 'error',
    count: 2,
    stderr: '',
    ename: 'TypeScriptError',
    traceback: [
      `Cell [2]:1:18 - error TS2322: ${message}`,
      '> 1 | runs += 1; const text: string = 1;',
      '    |                  ^^^^',
    ],
  });
  expect(runs.status).toBe('ok');
});

testWithPython('a cell can set what becomes of type errors', async () => {
  const wrong = 'const text: string = 1;';
  const set = (mode: string) => run(`jupyter.diagnostics(${JSON.stringify(mode)})`);
  const questions: Question[] = [
    ['complete', '', 0],
    set('strict'),
    run(wrong),
    set('off'),
    run(wrong),
    set('warn'),
    run(wrong),
    set('loud'),
  ];
  const [, , strict, , off, , warn, loud] = await ask({}, questions);
  expect(strict).toMatchObject({ status: 'error', ename: 'TypeScriptError' });
  expect(off).toMatchObject({ status: 'ok', stderr: '' });
  expect(warn).toMatchObject({ status: 'ok', stderr: expect.stringContaining('TS2322') });
  expect(loud).toMatchObject({ status: 'error', ename: 'TypeError' });
});

testWithPython('with diagnostics off nothing is said', async () => {
  const questions: Question[] = [['complete', '', 0], run('const text: string = 1;')];
  const [, second] = await ask({}, questions, ['--diagnostics', 'off']);
  expect(second).toMatchObject({ status: 'ok', stderr: '' });
});
