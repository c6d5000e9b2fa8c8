// `cokernel lessons` and `cokernel quiz`, as somebody runs them.

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { copyLessons } from '../../kernel/cli/lessons.ts';
import { quiz } from '../../kernel/cli/quiz.ts';
import { generate } from '../../runtime/quiz/generate.ts';

interface Book {
  cells: { cell_type: string; source: string | string[]; outputs?: unknown[]; execution_count?: number | null }[];
}
const MARKS = '.cokernel-lessons.json';
const FIRST = '01-coroutine-functions.ipynb';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-lessons-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string): Book => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Book;
const write = (name: string, book: Book): void => writeFileSync(join(folder, name), JSON.stringify(book));

test('the lessons are copied without outputs, with their checks and settings of their own', () => {
  expect(copyLessons(folder)).toMatch(/\d+ files written\.$/);
  const code = read(FIRST).cells.filter(({ cell_type }) => cell_type === 'code');
  expect(code.flatMap(({ outputs }) => outputs)).toEqual([]);
  expect(code.filter(({ execution_count }) => execution_count !== null)).toEqual([]);
  for (const name of ['README.md', 'checks.ts', 'checks/greet.ts']) expect(existsSync(join(folder, name))).toBe(true);
  const { compilerOptions } = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
  expect(compilerOptions.noUncheckedIndexedAccess).toBeUndefined();
});

test("a learner's own changes stay, and what has only been run keeps its outputs", () => {
  copyLessons(folder);
  const [own, run] = [read(FIRST), read('02-ways-to-run.ipynb')];
  (own.cells[2] as Book['cells'][number]).source = 'console.log("mine");';
  (run.cells[1] as Book['cells'][number]).outputs = [{ output_type: 'stream', name: 'stdout', text: 'hello' }];
  write(FIRST, own);
  write('02-ways-to-run.ipynb', run);
  expect(copyLessons(folder)).toMatch(new RegExp(`nothing is new\\. Yours, and left as they are: ${FIRST}\\.$`));
  expect(read(FIRST)).toEqual(own);
  expect(read('02-ways-to-run.ipynb')).toEqual(run);
});

test('a lesson that the learner has not changed is brought up to date', () => {
  copyLessons(folder);
  const current = read(FIRST);
  const older = structuredClone(current);
  (older.cells[0] as Book['cells'][number]).source = '# An older title';
  write(FIRST, older);
  // As if the older one had been copied: its mark is that of a copy of it.
  const marks = JSON.parse(readFileSync(join(folder, MARKS), 'utf8')) as Record<string, string>;
  const sources = older.cells.map(({ cell_type, source }) => [cell_type, [source].flat().join('')]);
  marks[FIRST] = createHash('sha256').update(JSON.stringify(sources)).digest('hex');
  writeFileSync(join(folder, MARKS), JSON.stringify(marks));
  expect(copyLessons(folder)).toMatch(/1 files written\.$/);
  expect(read(FIRST)).toEqual(current);
});

test('a lesson under a former name is removed if the learner has not changed it, and stays if they have', () => {
  copyLessons(folder);
  const marks = JSON.parse(readFileSync(join(folder, MARKS), 'utf8')) as Record<string, string>;
  for (const name of ['09-former.ipynb', '10-former.ipynb']) {
    write(name, read(FIRST));
    marks[name] = marks[FIRST] as string;
  }
  const own = read(FIRST);
  (own.cells[2] as Book['cells'][number]).source = 'console.log("mine");';
  write('10-former.ipynb', own);
  writeFileSync(join(folder, MARKS), JSON.stringify(marks));
  copyLessons(folder);
  expect(existsSync(join(folder, '09-former.ipynb'))).toBe(false);
  expect(read('10-former.ipynb')).toEqual(own);
});

async function answered(number: number, lines: readonly string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await quiz(number, Readable.from(lines.map((line) => `${line}\n`)), (more) => {
    text += more;
  });
  return { code, text };
}

test('the quiz in a terminal shows ten programs, and says which rule a wrong answer broke', async () => {
  const right = Array.from({ length: 10 }, (_, at) => generate(20 + at).prints.join(' '));
  expect(await answered(2, right)).toEqual({ code: 0, text: expect.stringContaining('\n10 of 10\n') });
  const swapped = generate(24)
    .prints.toSpliced(0, 2, ...generate(24).prints.slice(0, 2).reverse())
    .join(' ');
  const { text } = await answered(2, right.with(4, swapped));
  expect(text).toContain('\n9 of 10\n');
  expect(text).toMatch(/Program 5\n {2}you said {4}.*\n {2}it printed .*\n {2}Rule \d: .*\n {2}Read again: lesson \d/);
  expect(text).toContain('Program 10 of 10');
  expect(text.split('Program 1 of 10')[0]).toMatch(/string with the name.*\nNo two sleeps end.*\n.*before it ends\.\n/);
});

test('a line that is never printed breaks no rule', async () => {
  const right = Array.from({ length: 10 }, (_, at) => generate(20 + at).prints.join(' '));
  const { text } = await answered(2, right.with(4, 'nonsense'));
  expect(text).toContain('\n9 of 10\n');
  expect(text).not.toContain('Rule');
});

test('a program that was not answered is wrong, and breaks no rule', async () => {
  const { text } = await answered(
    2,
    Array.from({ length: 10 }, () => ''),
  );
  expect(text).toContain('\n0 of 10\n');
  expect(text).not.toContain('Rule');
});

test('a quiz whose input ends early says so', async () => {
  expect(await answered(0, ['a'])).toEqual({
    code: 1,
    text: expect.stringMatching(/Stopped after 1 of 10 programs\.\n$/),
  });
});
