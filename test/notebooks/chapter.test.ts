// The table in notebooks/teaching.md has every section of the chapter, and the cells under the headings that it names show
// what the chapter shows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Cell, folder, notebooks, shownBy, sourceOf } from './stored.ts';

/** The chapter's headings, each with a text that a cell under one of the headings named for it shows. */
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
  readonly headings: readonly string[];
}

const rows: readonly Row[] = readFileSync(join(folder, 'teaching.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) \| .+? \| \[\d\d\]\((.+?\.ipynb)\) \| (.+?) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, section = '', notebook = '', headings = '']) => ({ section, notebook, headings: headings.split('; ') }));

const rowsOf = (heading: string): readonly Row[] =>
  rows.filter(({ section }) => section === heading || section.startsWith(`${heading}: `));

/** The cells of a lesson under a heading, up to the next one; none if there is no such heading. */
function cellsUnder(name: string, heading: string): readonly Cell[] {
  const cells = notebooks.find((notebook) => notebook.name === name)?.cells ?? [];
  const headingIn = (cell: Cell) =>
    cell.cell_type === 'markdown' ? /^##? (.+)$/m.exec(sourceOf(cell))?.[1] : undefined;
  const from = cells.findIndex((cell) => headingIn(cell) === heading);
  const under = from < 0 ? [] : cells.slice(from + 1);
  const end = under.findIndex((cell) => headingIn(cell) !== undefined);
  return cells.slice(from, from < 0 ? 0 : end < 0 ? undefined : from + 1 + end);
}

const cellsOf = ({ notebook, headings }: Row) => headings.map((heading) => cellsUnder(notebook, heading));

test.each(SECTIONS)('the table has the chapter\'s section "%s"', (heading) => {
  expect(rowsOf(heading)).not.toEqual([]);
});

test('the table has only sections of the chapter', () => {
  const known = (section: string) => SECTIONS.some(([heading]) => `${section}: `.startsWith(`${heading}: `));
  expect(rows.filter(({ section }) => !known(section))).toEqual([]);
});

test('every heading that the table names exists', () => {
  const missing = rows.flatMap((row) =>
    cellsOf(row).flatMap((cells, index) => (cells.length === 0 ? `${row.notebook} ${row.headings[index]}` : [])),
  );
  expect(missing).toEqual([]);
});

test.each(SECTIONS)('the cells of "%s" show: %s', (heading, text) => {
  const shown = rowsOf(heading).flatMap((row) => cellsOf(row).flat().map(shownBy));
  expect(shown.join('\n')).toContain(text);
});
