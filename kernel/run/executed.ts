// A notebook after its run: the same notebook with the run's outputs, language_info and widgets.

import type { Executed, Execution } from './execute-notebook.ts';
import { type CodeCell, type Fields, isCode, type Notebook } from './notebook/notebook.ts';

/** A copy in which each code cell that was executed is replaced by what `change` returns. */
export function afterRun(
  notebook: Notebook,
  { cells, languageInfo, widgets }: Execution,
  change: (cell: CodeCell, executed: Executed) => CodeCell,
): Notebook {
  const executed = new Map(cells.map((entry) => [entry.index, entry]));
  return {
    ...notebook,
    metadata: {
      ...withoutWidgets(notebook.metadata),
      ...(languageInfo === undefined ? {} : { language_info: languageInfo }),
      ...(widgets === undefined ? {} : { widgets }),
    },
    cells: notebook.cells.map((cell, index) => {
      const entry = executed.get(index);
      return isCode(cell) && entry !== undefined ? change(cell, entry) : cell;
    }),
  };
}

/** The states of widgets that an earlier run made belong to outputs that are replaced. */
function withoutWidgets({ widgets, ...metadata }: Fields): Fields {
  return metadata;
}
