// A notebook after its run: the same, but for what the run says of its code cells and of the language.

import type { Executed, Execution } from './execute-notebook.ts';
import { type CodeCell, isCode, type Notebook } from './notebook/notebook.ts';

/** A copy in which `change` says what becomes of each code cell. */
export function afterRun(
  notebook: Notebook,
  { cells, languageInfo }: Execution,
  change: (cell: CodeCell, executed: Executed) => CodeCell,
): Notebook {
  const executed = new Map(cells.map((entry) => [entry.index, entry]));
  return {
    ...notebook,
    metadata: { ...notebook.metadata, ...(languageInfo === undefined ? {} : { language_info: languageInfo }) },
    cells: notebook.cells.map((cell, index) => {
      const entry = executed.get(index);
      return isCode(cell) && entry !== undefined ? change(cell, entry) : cell;
    }),
  };
}
