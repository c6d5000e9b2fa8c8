// The notebooks run from top to bottom show what they hold, and then the solution that each offers passes its check.
// Without --long TypeScript looks at a part of them only: its server takes a third of their time.

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { end, temporaryFolder } from '../cli/cokernel.ts';
import { type Cell, folder, type Notebook, notebooks, sourceOf, tagsOf } from './stored.ts';

/** The built package runs the cells. */
const cli = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'cli.js');

/** The notebook with its solution, and the check once more, at its end; the check there holds what a right answer gets. */
function withSolution({ name: _, cells, ...rest }: Notebook): Omit<Notebook, 'name'> {
  const exercise = cells.findIndex((cell) => tagsOf(cell).includes('exercise'));
  const check = cells.find((cell) => tagsOf(cell).includes('check'));
  if (check === undefined) return { cells, ...rest };
  const code = (id: string, source: string, text: string): Cell => {
    const outputs = text === '' ? [] : [{ output_type: 'stream', name: 'stdout', text }];
    return { ...check, id, source, outputs };
  };
  const more = [
    code('solution', solutionIn(cells[exercise + 2] as Cell), ''),
    code('right', sourceOf(check), 'Right. ...\n'),
  ];
  return { cells: [...cells, ...more], ...rest };
}

function solutionIn(cell: Cell): string {
  return /```typescript\n([\s\S]+?)\n```/.exec(sourceOf(cell))?.[1] ?? '';
}

/** Those in which TypeScript looks for errors: with --long all, else every fourth, and those that show one. */
const isTyped = (notebook: Notebook, at: number): boolean =>
  process.env.COKERNEL_LONG !== undefined || at % 4 === 0 || / TS\d{4}/.test(JSON.stringify(notebook.cells));

test('the notebooks show what they hold, and every solution passes its check', async () => {
  using temporary = temporaryFolder();
  const { path } = temporary;
  for (const name of ['checks.ts', 'checks']) cpSync(join(folder, name), join(path, name), { recursive: true });
  const files = notebooks.map((notebook) => {
    const file = join(path, notebook.name);
    writeFileSync(file, JSON.stringify({ ...withSolution(notebook), nbformat: 4, nbformat_minor: 5 }));
    return file;
  });
  const pass = async (diagnostics: string, chosen: readonly string[]): Promise<void> => {
    if (chosen.length === 0) return;
    const options = ['--timeout', '60', '--clock', 'virtual', '--diagnostics', diagnostics];
    const { code, stdout, stderr } = await end(process.execPath, [cli, 'test', ...options, ...chosen], process.env);
    expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  };
  const typed = files.filter((_, at) => isTyped(notebooks[at] as Notebook, at));
  const rest = files.filter((file) => !typed.includes(file));
  await Promise.all([pass('warn', typed), pass('off', rest)]);
}, 300_000);
