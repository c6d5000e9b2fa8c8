// The cells in flight, run one after the other, and which of them must not run after all: the kernel hands over the next
// one before it has heard how the last one ended. How a cell runs is in execute.ts.

import type { CellOutcome, ExecuteCell, ExecutionId } from '../../events.ts';

export interface Queue {
  /** Runs it after those before it, or gives it back unrun. */
  add(cell: ExecuteCell): void;
  /** Gives the cells in flight back to the kernel, which has to check them again. */
  halt(): void;
  /** From here on no cell begins any more. */
  close(): void;
}

/** `execute` runs a cell and resolves to how it ended; `giveBack` tells the kernel that it was not run. */
export function createQueue(
  execute: (cell: ExecuteCell) => Promise<CellOutcome['status']>,
  giveBack: (cell: ExecuteCell) => void,
): Queue {
  let last: Promise<void> = Promise.resolve();
  /** Cells behind this one do not run: it failed, halted the queue, or was itself given back. */
  let barrier: ExecutionId = 0;
  let halted = false;
  let closed = false;
  const turn = async (cell: ExecuteCell) => {
    const follows = cell.after !== 0 && (halted || cell.after === barrier);
    halted = false;
    if (closed || follows) {
      barrier = cell.execution;
      giveBack(cell);
      return;
    }
    const status = await execute(cell);
    if (halted || (status === 'error' && cell.stopOnError)) barrier = cell.execution;
    halted = false;
  };
  return {
    add(cell) {
      last = last.then(() => turn(cell));
    },
    halt() {
      halted = true;
    },
    close() {
      closed = true;
    },
  };
}
