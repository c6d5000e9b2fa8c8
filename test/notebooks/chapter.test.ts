// The table in notebooks/teaching.md has every section of the chapter, and the cells that it names show what the chapter
// shows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folder, notebooks, shownBy } from './stored.ts';

/** The chapter's headings, each with a text that one of the cells named for it shows. */
const SECTIONS: readonly (readonly [heading: string, shown: string])[] = [
  ['AsyncIO Coroutine', 'half a second later'],
  ['Syntax', "'coroutine'"],
  ['SetUp', ''],
  ['Coroutine Function', 'false\ntrue'],
  ['Coroutine Object', "'hello'"],
  ['Run Sequentially', "'hello'"],
  ['Run Concurrently', '0.1 s'],
  ['Error: Created but not awaited', "RuntimeWarning: coroutine 'hello' was never awaited"],
  ['Error: Running Coroutine Functions', 'TypeError: An asyncio.Future, a coroutine or an awaitable is required'],
  ['Error: Multiple Awaiting', 'RuntimeError: cannot reuse already awaited coroutine'],
  ['Error: Await Outside Coroutine Function', "SyntaxError: 'await' outside async function"],
  ['Getting Results', "[ 'hello', 'hello', 'hello' ]"],
  ['Inspect', 'false'],
  ['References', ''],
];

interface Row {
  readonly section: string;
  readonly notebook: string;
  readonly cells: readonly string[];
}

const rows: readonly Row[] = readFileSync(join(folder, 'teaching.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) \| .+? \| \[\d\d\]\((.+?\.ipynb)\) \| (.+?) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, section = '', notebook = '', cells = '']) => ({ section, notebook, cells: cells.split(', ') }));

const rowsOf = (heading: string): readonly Row[] =>
  rows.filter(({ section }) => section === heading || section.startsWith(`${heading}: `));

const cellsOf = ({ notebook, cells }: Row) =>
  cells.map((id) => notebooks.find(({ name }) => name === notebook)?.cells.find((cell) => cell.id === id));

test.each(SECTIONS)('the table has the chapter\'s section "%s"', (heading) => {
  expect(rowsOf(heading)).not.toEqual([]);
});

test('the table has only sections of the chapter', () => {
  const known = (section: string) => SECTIONS.some(([heading]) => `${section}: `.startsWith(`${heading}: `));
  expect(rows.filter(({ section }) => !known(section))).toEqual([]);
});

test('every cell that the table names exists', () => {
  const missing = rows.flatMap((row) =>
    cellsOf(row).flatMap((cell, index) => (cell === undefined ? `${row.notebook} ${row.cells[index]}` : [])),
  );
  expect(missing).toEqual([]);
});

test.each(SECTIONS)('the cells of "%s" show: %s', (heading, text) => {
  const shown = rowsOf(heading).flatMap((row) => cellsOf(row).map((cell) => (cell ? shownBy(cell) : '')));
  expect(shown.join('\n')).toContain(text);
});
