// What the kernel process does about an interrupt: it tells the cell process; if that does not help (a blocking native
// call), it signals the process group, then restarts the process. What happens inside is in runtime/cell/interrupt. The
// restart stays scheduled until the interrupted cell has ended: a cell that consumed the interrupt may still not end.

import type { Consumed, ExecutionId, Interrupt } from '../../runtime/events.ts';
import { traceLog } from '../../runtime/trace-log.ts';

/** Another press this soon after the first, for the same cells, is the same press. */
const SAME_PRESS_MS = 500;
/** A blocking native call gets its SIGINT this long after an interrupt that nothing consumed. */
const SIGNAL_MS = 400;
/** The process is restarted this long after an interrupt that it has not consumed. */
export const RESTART_MS = 2_400;
/** … and this long after a cell consumed it: clean-up gets 2 s, after which the cell process should end the cell. */
const CLEANUP_MS = 3_500;
/** … and this long after the same cell consumed a second one: no time is left for clean-up. */
const ENDING_MS = 1_500;

export interface Escalation {
  /** Interrupts the cells up to that execution; with 0, whatever keeps the process busy while no cell runs. */
  interrupt(execution: ExecutionId): void;
  /** The cell process consumed an interrupt: that execution, or no cell (0). May be told after the cell's end. */
  consumed(consumed: Pick<Consumed, 'number' | 'execution'>): void;
  /** The turn of a cell begins. */
  cellBegan(execution: ExecutionId): void;
  /**
   * That cell ended: cancels what is scheduled, unless no cell has consumed the interrupt and it is also for a later one.
   */
  cellEnded(execution: ExecutionId): void;
  /** Cancels what is scheduled, whatever the interrupt was for. */
  end(): void;
  /** Whether the process is being ended because nothing else could stop what it runs. */
  restarting(): boolean;
}

/** What is done to the process. */
export interface EscalationHooks {
  readonly send: (interrupt: Interrupt) => void;
  readonly signal: () => void;
  readonly restart: () => void;
  /** Whether a cell up to that execution is in flight, and its end is not known. */
  readonly unended: (execution: ExecutionId) => boolean;
}

/** Makes the escalation of one cell process. */
export function createEscalation({ send, signal, restart, unended }: EscalationHooks): Escalation {
  let number = 0;
  let pressedAt = Number.NEGATIVE_INFINITY;
  /** The last cell that the newest interrupt is for. */
  let meant = 0;
  /** The cell that consumed an interrupt and has not ended, 0 for none. */
  let interrupted = 0;
  /** The last cell that has ended. */
  let ended = 0;
  let restarting = false;
  let signalTimer: NodeJS.Timeout | undefined;
  let restartTimer: NodeJS.Timeout | undefined;
  const restartIn = (milliseconds: number) => {
    clearTimeout(restartTimer);
    restartTimer = setTimeout(() => {
      traceLog.interrupt?.(`interrupt ${number} is not over: the cell process is restarted`);
      restarting = true;
      restart();
    }, milliseconds);
  };
  const end = () => {
    clearTimeout(signalTimer);
    clearTimeout(restartTimer);
    signalTimer = undefined;
    restartTimer = undefined;
    interrupted = 0;
  };
  return {
    interrupt(execution) {
      const now = performance.now();
      if (execution !== 0 && execution <= meant && now - pressedAt < SAME_PRESS_MS) return;
      pressedAt = now;
      number += 1;
      meant = execution;
      traceLog.interrupt?.(`interrupt ${number} requested, for executions up to ${execution}`);
      send({ type: 'interrupt', number, execution });
      clearTimeout(signalTimer);
      signalTimer = setTimeout(() => {
        traceLog.interrupt?.(`interrupt ${number} was not consumed: SIGINT to the process group`);
        signal();
      }, SIGNAL_MS);
      // An earlier press may have scheduled the restart already: this one does not put it off.
      if (restartTimer === undefined) restartIn(RESTART_MS);
    },
    consumed({ number: which, execution }) {
      // That an older interrupt was consumed says nothing about the newest one.
      if (which < number) return;
      clearTimeout(signalTimer);
      // No cell runs there, as far as the cell process knows. If the end of a cell that is meant never arrives here, the
      // restart is all that is left.
      if (execution === 0 && unended(meant)) return;
      // No cell, or one whose end the other pipe has told already: where the watcher's thread waits for a processor, that
      // comes first.
      if (execution <= ended) return end();
      restartIn(execution === interrupted ? ENDING_MS : CLEANUP_MS);
      interrupted = execution;
    },
    cellBegan(execution) {
      restarting = false;
      if (meant < execution) end();
    },
    cellEnded(execution) {
      ended = Math.max(ended, execution);
      // Cells that were given back when this one failed will not end.
      if ((interrupted || meant) <= execution || !unended(meant)) end();
    },
    end,
    restarting: () => restarting,
  };
}
