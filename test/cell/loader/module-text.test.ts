import { SourceMap } from 'node:module';
import { expect, test } from '@jest/globals';
import { notebook } from './notebook.ts';

test("import.meta, stack traces and __filename show the file's own name, even after an edit", async () => {
  const esm =
    'export const { url, filename, dirname } = import.meta; export const meta = import.meta; export const stack = new Error().stack;';
  const answer = await notebook(
    { 'a.ts': esm, 'b.ts': '', 'c.cts': 'exports.file = __filename; exports.stack = new Error().stack;' },
    `const seen = [];
    for (const edit of ['', '// edited']) {
      write({ 'a.ts': ${JSON.stringify(esm)} + edit, 'b.ts': edit, 'c.cts': 'exports.file = __filename; exports.stack = new Error().stack;' + edit });
      await cell('./b');
      const { url, filename, dirname, meta, stack } = await cell('./a');
      const { file, stack: cjs } = await cell('./c');
      seen.push([url, filename, dirname, meta.resolve('./b'), meta.resolve('./none.txt'), file, (stack + cjs).includes('?')]);
    }
    report(seen)`,
  );
  const each = [
    'file://<notebook>/a.ts',
    '<notebook>/a.ts',
    '<notebook>',
    'file://<notebook>/b.ts',
    'file://<notebook>/none.txt',
    '<notebook>/c.cts',
    false,
  ];
  expect(answer).toEqual([each, each]);
});

test('the registered maps lead from a place in a stack to the line and column that the person wrote', async () => {
  const source =
    'interface Long {\n  a: number;\n}\nexport const where = (x: Long) => { throw new Error(String(x)) };\n';
  const answer = (await notebook(
    { 'a.ts': source, 'b.cts': source.replace('export const where', 'exports.where') },
    `const seen = [];
    for (const each of ['./a', './b']) {
      const { where } = await cell(each);
      try { where() } catch (error) {
        const [, name, line, column] = /\\(?((?:file:)?\\/[^()\\s]*):(\\d+):(\\d+)/.exec(error.stack.split('\\n')[1]);
        seen.push({ line: +line, column: +column, ...scripts.get(name) });
      }
    }
    report(seen)`,
  )) as { line: number; column: number; source: string; maps: string[] }[];
  const places = answer.map(({ line, column, source: own, maps: [map = ''] }) => {
    const entry = new SourceMap(JSON.parse(map)).findEntry(line - 1, column - 1);
    if (!('originalLine' in entry)) return 'no entry';
    return own.split('\n')[entry.originalLine]?.slice(entry.originalColumn, entry.originalColumn + 9);
  });
  expect(places).toEqual(['new Error', 'new Error']);
});

test('the format is decided by extension, package.json and syntax', async () => {
  const answer = await notebook(
    {
      'esm.js': 'export const form = typeof require;',
      'cjs.js': 'exports.form = typeof require;',
      'cjs.ts': 'const form: string = typeof require; module.exports = { form };',
      'meta.js': 'globalThis.seen = typeof import.meta;',
      'tla.js': 'await 1; globalThis.tla = typeof require;',
      'own.mjs': 'const require = 1; export const form = typeof require;',
      'bang.ts': '#!/usr/bin/env node\nexport const form = "bang";',
      'typed/package.json': '{ "type": "module" }',
      'typed/plain.js': 'globalThis.plain = typeof require;',
    },
    `const forms = [];
    for (const each of ['./esm', './cjs.js', './cjs.ts', './own', './bang']) forms.push((await cell(each)).form);
    await cell('./meta'); await cell('./tla'); await cell('./typed/plain');
    report([...forms, seen, tla, plain])`,
  );
  expect(answer).toEqual(['undefined', 'function', 'function', 'number', 'bang', 'object', 'undefined', 'undefined']);
});

test('a file that awaits before anything else, or only has types beside, has the format that it is written in', async () => {
  const answer = await notebook(
    {
      'data.ts': 'const form = await Promise.resolve(typeof require);\nexport { form };',
      'call.ts': 'String(await 1, 2); globalThis.call = typeof require;',
      'loop.js': 'for await (const one of [1]) globalThis.loop = typeof require;',
      'made.js': 'const require = 1; globalThis.made = typeof require;',
      'types.ts': 'export type A = 1; await 1; globalThis.types = typeof require;',
      'cjs.ts': 'import type { A } from "./types"; const form: A = typeof require; module.exports = { form };',
      'assigned.ts': 'const form: string = typeof require; export = { form };',
    },
    `for (const each of ['./call', './loop', './made', './types']) await cell(each);
    report([(await cell('./data')).form, call, loop, made, types, (await cell('./cjs')).form, (await cell('./assigned')).form])`,
  );
  expect(answer).toEqual(['undefined', 'undefined', 'undefined', 'number', 'undefined', 'function', 'function']);
});

test('a syntax error names the file, the line and the column', async () => {
  const answer = await notebook(
    { 'bad.ts': 'const fine = 1;\nconst x: = 3;\n', 'bad.json': '{ "a": }' },
    `report([await failing('./bad'), await failing('./bad.json'), await failing('./bad.json').then(() => loader.require('./bad.json')).catch((e) => e.message)])`,
  );
  expect(answer).toEqual([
    `SyntaxError: <notebook>/bad.ts:2:10: Unexpected "="\n  1 | const fine = 1;\n> 2 | const x: = 3;\n    |          ^\n  3 |`,
    expect.stringMatching(/^SyntaxError: <notebook>\/bad\.json: /),
    expect.stringMatching(/^<notebook>\/bad\.json: /),
  ]);
});
