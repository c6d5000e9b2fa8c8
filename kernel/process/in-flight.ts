// The cells in flight, in the order in which the cell process runs them: what each prints before its turn is kept, and
// those behind one that stopped the queue are given back. Nothing is sent here.

import type { CellEvent, CellOutcome, ExecutionId } from '../../runtime/events.ts';
import type { CellInFlight, CellToRun, EventSink } from './cell-process.ts';

interface FlightRecord {
  readonly cell: CellToRun;
  readonly ended: PromiseWithResolvers<CellOutcome>;
  /** How it ended, as soon as that is known: some of its output may still be on its way. */
  outcome?: CellOutcome;
  /** All of its output is here. */
  complete: boolean;
  /** It was given back: nothing of it ran. */
  unrun: boolean;
}

const UNRUN: CellOutcome = { status: 'unrun' };

export interface InFlight {
  /** The last cell in flight, 0 for none. */
  last(): ExecutionId;
  /** The first cell in flight with a higher number than that. */
  behind(execution: ExecutionId): ExecutionId | undefined;
  /** Whether a cell up to that execution is in flight, and its end is not known. */
  unended(execution: ExecutionId): boolean;
  /** `after` is the cell before it. */
  add(cell: CellToRun): { readonly after: ExecutionId } & CellInFlight;
  /** Takes an event: it goes to the sink, or is kept until the turn of the cell that caused it. */
  take: EventSink;
  /**
   * The cell has ended; some of its output may still be on its way. False if a cell before it was never answered: they
   * end in order.
   */
  done(execution: ExecutionId, outcome: CellOutcome): boolean;
  /** All of its output is here. It leaves as soon as those before it have left. */
  end(execution: ExecutionId): void;
  /** The process ended: the cell that ran gets that outcome, the others their own or `unrun`. False if none ran. */
  cut(outcome: CellOutcome): boolean;
}

export function createInFlight(sink: EventSink): InFlight {
  let cells: FlightRecord[] = [];
  /** The events of cells whose turn has not come, even if they are done. */
  const kept = new Map<ExecutionId, [CellEvent, readonly Uint8Array[]][]>();
  const find = (execution: ExecutionId) => cells.find(({ cell }) => cell.execution === execution);
  const settle = (one: FlightRecord, outcome: CellOutcome) => {
    one.unrun = outcome.status === 'unrun';
    one.ended.resolve(outcome);
  };
  const leave = (one: FlightRecord, outcome: CellOutcome) => {
    cells = cells.filter((other) => other !== one);
    settle(one, outcome);
    if (outcome.status === 'ok' || (outcome.status === 'error' && !one.cell.stopOnError)) return;
    // The cell that just left was the first in flight. The cell process applies the same rule (in-flight-queue.ts).
    for (const other of cells) {
      kept.delete(other.cell.execution);
      settle(other, UNRUN);
    }
    cells = [];
  };
  return {
    last: () => cells.at(-1)?.cell.execution ?? 0,
    unended: (execution) => cells.some(({ cell, outcome }) => outcome === undefined && cell.execution <= execution),
    behind: (execution) => cells.find(({ cell }) => cell.execution > execution)?.cell.execution,
    add(cell) {
      const after = cells.at(-1)?.cell.execution ?? 0;
      const one: FlightRecord = { cell, ended: Promise.withResolvers(), complete: false, unrun: false };
      cells.push(one);
      kept.set(cell.execution, []);
      return {
        after,
        isUnrun: () => one.unrun,
        beginTurn() {
          const said = kept.get(cell.execution) ?? [];
          kept.delete(cell.execution);
          for (const [event, buffers] of said) sink(event, buffers);
          return one.ended.promise;
        },
      };
    },
    take(event, buffers) {
      const early = 'execution' in event ? kept.get(event.execution) : undefined;
      if (early) early.push([event, buffers]);
      else sink(event, buffers);
    },
    done(execution, outcome) {
      const one = find(execution);
      // The cell was given back when an earlier one stopped the queue: nothing is left to note.
      if (!one) return true;
      if (cells.find((cell) => cell.outcome === undefined) !== one) return false;
      one.outcome = outcome;
      return true;
    },
    end(execution) {
      const found = find(execution);
      if (found) found.complete = true;
      // In order: a cell behind one that stopped the queue must not leave as if it had run.
      for (let one = cells[0]; one?.complete && one.outcome; one = cells[0]) leave(one, one.outcome);
    },
    cut(outcome) {
      let ran = false;
      for (let one = cells[0]; one !== undefined; one = cells[0]) {
        const running = one.outcome === undefined;
        leave(one, one.outcome ?? (ran ? UNRUN : outcome));
        ran ||= running;
      }
      return ran;
    },
  };
}
