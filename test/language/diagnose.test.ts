// Diagnostics, cell by cell: what is said under a cell, word for word, and what is not complained about.

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { files, right, wrong } from './cases/diagnose.ts';
import { openNotebook, type TestNotebook } from './notebook.ts';

let notebook: TestNotebook;

beforeAll(() => {
  notebook = openNotebook({ files });
});
beforeEach(() => notebook.language.forget());
afterAll(() => notebook.end());

test.each(wrong)('after %j, %j is wrong', async (before, code, texts) => {
  for (const [index, source] of before.entries()) {
    notebook.language.cellRan({ count: index + 1, source, declares: [], ok: true });
  }
  const found = await notebook.language.diagnose(before.length + 1, code);
  expect(found.map(({ text }) => text)).toEqual(texts);
  for (const { text, code: number, line, column, severity, message } of found) {
    expect(text).toMatch(`Cell [${before.length + 1}]:${line}:${column} - ${severity} TS${number}: ${message}\n`);
  }
});

test.each(right.map((cells) => [cells]))('%j is right', async (cells) => {
  for (const cell of cells) expect(await notebook.run(cell)).toEqual([]);
});

test('a cell that does not parse is left to the compiler', async () => {
  expect(await notebook.language.diagnose(1, 'const = 5')).toEqual([]);
});

test('a name that the running program knows is not unknown', async () => {
  notebook.live.set('', { keys: [{ name: 'ghost', kind: 'instance' }] });
  const cell = "ghost + globalThis.ghost + globalThis['ghost']; interface ghost {} ghost";
  expect(await notebook.language.diagnose(1, cell)).toEqual([]);
});

test('nothing is reported when diagnostics are off', async () => {
  notebook.language.mode = 'off';
  expect(await notebook.language.diagnose(1, 'const text: string = 1;')).toEqual([]);
  notebook.language.mode = 'strict';
  expect(await notebook.language.diagnose(1, 'const text: string = 1;')).toHaveLength(1);
});
