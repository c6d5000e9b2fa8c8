// The cells in flight, run one after the other, and which of them must not run after all: the kernel puts the next one
// in flight before it has heard how the last one ended. How a cell runs is in execute.ts.

import type { CellOutcome, ExecuteCell, ExecutionId } from '../../events.ts';

export interface InFlightQueue {
  /** Runs it after those before it, or gives it back unrun. */
  add(cell: ExecuteCell): void;
  /** Gives the cells in flight back to the kernel, which has to check them again. */
  halt(): void;
  /** From here on no cell begins any more. */
  close(): void;
}

/** A list, so that no method of arrays is needed: a cell may have replaced those. */
interface Waiting {
  readonly cell: ExecuteCell;
  next: Waiting | undefined;
}

/** How a cell ended. */
type Status = CellOutcome['status'];

/** `execute` runs a cell and calls back with how it ended; `giveBack` tells the kernel that it was not run. */
export function createInFlightQueue(
  execute: (cell: ExecuteCell, done: (status: Status) => void) => void,
  giveBack: (cell: ExecuteCell) => void,
): InFlightQueue {
  let first: Waiting | undefined;
  let last: Waiting | undefined;
  let running = false;
  /** Cells behind this one do not run: it failed, halted the queue, or was itself given back. */
  let barrier: ExecutionId = 0;
  let halted = false;
  let closed = false;
  const begin = (cell: ExecuteCell) => {
    const follows = cell.after !== 0 && (halted || cell.after === barrier);
    halted = false;
    if (closed || follows) {
      barrier = cell.execution;
      giveBack(cell);
      return;
    }
    running = true;
    execute(cell, (status) => {
      running = false;
      if (halted || (status === 'error' && cell.stopOnError)) barrier = cell.execution;
      halted = false;
      advance();
    });
  };
  let advancing = false;
  const advance = () => {
    // A cell may end before `execute` returns: the loop below goes on with the next one.
    if (advancing) return;
    advancing = true;
    try {
      while (first !== undefined && !running) {
        const { cell } = first;
        first = first.next;
        begin(cell);
      }
    } finally {
      advancing = false;
    }
  };
  return {
    add(cell) {
      const waiting: Waiting = { cell, next: undefined };
      if (first === undefined || last === undefined) first = waiting;
      else last.next = waiting;
      last = waiting;
      advance();
    },
    halt() {
      halted = true;
    },
    close() {
      closed = true;
    },
  };
}
