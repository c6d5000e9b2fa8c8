// Finds the line of a cell in its file, for annotations: editors and code hosts show lines, not cells.

import type { Source } from '../open.ts';

/** The line (from 1) on which the source of the cell at this index begins; undefined if that is not known. */
export function lineOf({ text, lines, notebook }: Source, index: number): number | undefined {
  if (lines !== undefined) return lines[index];
  // In a file written by Jupyter only cells have a source at this depth.
  const found: number[] = [];
  for (const [number, line] of text.split('\n').entries()) if (line.startsWith('   "source": ')) found.push(number + 2);
  return found.length === notebook.cells.length ? found[index] : undefined;
}
