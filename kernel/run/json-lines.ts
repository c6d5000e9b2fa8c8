// `cokernel run --format json`: each event of a run as a line of JSON, for programs that watch it. What a person sees is
// in progress-line.ts.

import { stripVTControlCharacters } from 'node:util';
import { errorOf } from './execute-cell.ts';
import type { Executed } from './execute-notebook.ts';
import type { Progress } from './progress-line.ts';

/** Writes to that stream, a line an event: `cell`, `notebook`, and for more than one notebook `total`. */
export function createJsonLines(stream: { write(text: string): unknown }): Progress {
  /** What is still to be written of each notebook, in order. */
  const unsaid = new Map<string, Executed[]>();
  const write = (event: object) => void stream.write(`${JSON.stringify(event)}\n`);
  const sayUpTo = (name: string, last: Executed | undefined) => {
    const cells = unsaid.get(name) ?? [];
    const count = last === undefined ? cells.length : cells.indexOf(last) + 1;
    for (const cell of cells.splice(0, count)) write(cellEvent(name, cell));
  };
  const settled = new Map<string, Promise<unknown>>();
  return {
    cell(name, _done, _cells, executed) {
      unsaid.set(name, [...(unsaid.get(name) ?? []), executed]);
      // Type errors come after a cell's reply, and before its idle.
      const idle = Promise.all([settled.get(name), executed.run?.idle]).then(() => sayUpTo(name, executed));
      settled.set(name, idle);
    },
    finished(name, { ok, details }) {
      sayUpTo(name, undefined);
      write({ event: 'notebook', notebook: name, ok, ...(details && { error: stripVTControlCharacters(details) }) });
    },
    // Every line is written whole.
    leaveLine() {},
    total(notebooks, failed, seconds) {
      write({ event: 'total', notebooks, failed, seconds: rounded(seconds) });
    },
  };
}

function cellEvent(name: string, { cell, index, run, skipped }: Executed): object {
  const head = { event: 'cell', notebook: name, index, ...(cell.id !== undefined && { id: cell.id }) };
  if (run === undefined) return { ...head, status: 'skipped', reason: skipped };
  const error = errorOf(run);
  return {
    ...head,
    status: run.status === 'ok' && error !== undefined ? 'error' : run.status,
    execution_count: run.count,
    seconds: rounded(run.seconds),
    outputs: run.outputs,
    ...(error && { error: { ...error, traceback: error.traceback.map(stripVTControlCharacters) } }),
  };
}

/** Milliseconds are enough. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
