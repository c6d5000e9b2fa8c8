// What the kernel process does about an interrupt: it tells the cell process; if that does not help (a blocking native
// call), it signals the process group, then restarts the process. What happens inside is in runtime/cell/interrupt.

import type { Interrupt } from '../../runtime/events.ts';
import { traceLog } from '../../runtime/trace-log.ts';

/** A blocking native call gets its SIGINT this long after an interrupt that nothing consumed. */
const SIGNAL_MS = 400;
/** The process is restarted this long after that. */
const RESTART_MS = 2_000;

export interface Escalation {
  /** Interrupts what runs: a cell up to that one, or with 0 what keeps the process busy without a cell. */
  begin(execution: number): void;
  /** The cell process consumed that interrupt. */
  consumed(number: number): void;
  /** The turn of a cell begins. */
  cellBegan(execution: number): void;
  /** That cell ended: nothing more is to be done, unless the interrupt is for one behind it as well. */
  cellEnded(execution: number): void;
  /** Nothing more is to be done, whatever the interrupt was for. */
  end(): void;
  /** Whether the process is being ended because nothing else could stop what it runs. */
  restarting(): boolean;
}

export function createEscalation(process: {
  readonly send: (interrupt: Interrupt) => void;
  readonly signal: () => void;
  readonly restart: () => void;
}): Escalation {
  let number = 0;
  let timer: NodeJS.Timeout | undefined;
  let meant = 0;
  let restarting = false;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    begin(execution) {
      number += 1;
      meant = execution;
      traceLog.interrupt?.(`interrupt ${number} requested, for executions up to ${execution}`);
      process.send({ type: 'interrupt', number, execution });
      timer ??= setTimeout(() => {
        traceLog.interrupt?.(`interrupt ${number} was not consumed: SIGINT to the process group`);
        process.signal();
        timer = setTimeout(() => {
          traceLog.interrupt?.(`interrupt ${number} was not consumed: the cell process is restarted`);
          restarting = true;
          process.restart();
        }, RESTART_MS);
      }, SIGNAL_MS);
    },
    consumed: end,
    cellBegan(execution) {
      restarting = false;
      if (meant < execution) end();
    },
    cellEnded(execution) {
      if (meant <= execution) end();
    },
    end,
    restarting: () => restarting,
  };
}
