// A notebook after its run: the same notebook with the run's outputs and language_info.

import type { Executed, Execution } from './execute-notebook.ts';
import { type CodeCell, isCode, type Notebook } from './notebook/notebook.ts';

/** A copy in which each code cell that was executed is replaced by what `change` returns. */
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
