// Where in its file a cell stands, for annotations: an editor or a code host shows a line, not a cell.

import type { Source } from '../open.ts';

/** The line, from 1, where the source of the cell at this index begins; undefined where it cannot be told. */
export function lineOf({ text, lines, notebook }: Source, index: number): number | undefined {
  if (lines !== undefined) return lines[index];
  // In a file as Jupyter writes it, nothing but a cell has its source at this depth.
  const found: number[] = [];
  for (const [number, line] of text.split('\n').entries()) if (line.startsWith('   "source": ')) found.push(number + 2);
  return found.length === notebook.cells.length ? found[index] : undefined;
}
