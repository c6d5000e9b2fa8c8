// The cells that the cell process has, in the order in which it runs them: what each says before its turn is kept, and
// those behind one that stopped the line are given back. Nothing is sent here.

import type { CellEvent, CellOutcome, ExecutionId } from '../../runtime/events.ts';
import type { EventSink, GivenCell } from './host.ts';

interface Standing {
  readonly cell: GivenCell;
  readonly ended: PromiseWithResolvers<CellOutcome>;
  /** How it ended, as soon as that is known: what it printed may still be on its way. */
  outcome?: CellOutcome;
  /** All that it said is here. */
  complete: boolean;
}

const UNRUN: CellOutcome = { status: 'unrun' };

export interface Line {
  /** The last cell in it, 0 where it is empty. */
  last(): ExecutionId;
  /** The first cell of a later number than that. */
  behind(execution: ExecutionId): ExecutionId | undefined;
  /** `after` is the cell before it. */
  add(cell: GivenCell): { readonly after: ExecutionId; turn(): Promise<CellOutcome> };
  /** Takes what the process said: to the sink, or kept until the turn of the cell that said it. */
  take: EventSink;
  /** The cell will say nothing more; some of what it said may still be on its way. */
  done(execution: ExecutionId, outcome: CellOutcome): void;
  /** All that it said is here. It leaves the line, behind those before it. */
  end(execution: ExecutionId): void;
  /** The process ended: the cell that ran gets that outcome, the others their own or none. False where none ran. */
  cut(outcome: CellOutcome): boolean;
}

export function createLine(sink: EventSink): Line {
  let standing: Standing[] = [];
  /** What cells said whose turn has not come, though they may be done. */
  const kept = new Map<ExecutionId, [CellEvent, readonly Uint8Array[]][]>();
  const find = (execution: ExecutionId) => standing.find(({ cell }) => cell.execution === execution);
  const leave = (one: Standing, outcome: CellOutcome) => {
    standing = standing.filter((other) => other !== one);
    one.ended.resolve(outcome);
    if (outcome.status === 'ok' || (outcome.status === 'error' && !one.cell.stopOnError)) return;
    // It was the first. The cell process gives the others back for the same reason: runtime/cell/execute/cell-queue.ts.
    for (const { cell, ended } of standing) {
      kept.delete(cell.execution);
      ended.resolve(UNRUN);
    }
    standing = [];
  };
  return {
    last: () => standing.at(-1)?.cell.execution ?? 0,
    behind: (execution) => standing.find(({ cell }) => cell.execution > execution)?.cell.execution,
    add(cell) {
      const after = standing.at(-1)?.cell.execution ?? 0;
      const one: Standing = { cell, ended: Promise.withResolvers(), complete: false };
      standing.push(one);
      kept.set(cell.execution, []);
      return {
        after,
        turn() {
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
      if (one) one.outcome = outcome;
    },
    end(execution) {
      const found = find(execution);
      if (found) found.complete = true;
      // In order: of the cells behind one that stops the line, none may be taken for the last one in it.
      for (let one = standing[0]; one?.complete && one.outcome; one = standing[0]) leave(one, one.outcome);
    },
    cut(outcome) {
      let ran = false;
      for (let one = standing[0]; one !== undefined; one = standing[0]) {
        const running = one.outcome === undefined;
        leave(one, one.outcome ?? (ran ? UNRUN : outcome));
        ran ||= running;
      }
      return ran;
    },
  };
}
