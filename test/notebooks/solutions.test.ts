// The solution that each notebook offers, put into its exercise and run by the kernel, passes the check.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';
import { type Cell, folder, type Notebook, notebooks, shownBy, sourceOf, tagsOf } from './stored.ts';

/** The built package runs the cells. */
const cli = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'cli.js');

/** The notebook with the exercise solved. The types above the starter stay: the solution uses them. */
function solved(notebook: Notebook): Omit<Notebook, 'name'> {
  const index = notebook.cells.findIndex((cell) => tagsOf(cell).includes('exercise'));
  const cells = notebook.cells.map((cell, at) => {
    if (at !== index) return cell;
    const starter = sourceOf(cell);
    const types = starter.slice(0, starter.search(/^const /m));
    return { ...cell, source: types + solutionIn(notebook.cells[index + 2] as Cell) };
  });
  const { name: _, ...rest } = notebook;
  return { ...rest, cells };
}

function solutionIn(cell: Cell): string {
  return /```typescript\n([\s\S]+?)\n```/.exec(sourceOf(cell))?.[1] ?? '';
}

test('every solution passes its check', async () => {
  using temporary = temporaryFolder();
  const { path } = temporary;
  for (const name of ['checks.ts', 'checks']) cpSync(join(folder, name), join(path, name), { recursive: true });
  const files = notebooks.map((notebook) => {
    const file = join(path, notebook.name);
    writeFileSync(file, JSON.stringify({ ...solved(notebook), nbformat: 4, nbformat_minor: 5 }));
    return file;
  });
  const { code, stdout, stderr } = await end(
    process.execPath,
    [cli, 'run', '--inplace', '--clock', 'virtual', ...files],
    process.env,
  );
  expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  const verdicts = files.map((file) => {
    const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
    return shownBy(cells.find((cell) => tagsOf(cell).includes('check')) as Cell);
  });
  expect(verdicts.filter((verdict) => !verdict.startsWith('Right. '))).toEqual([]);
}, 180_000);
