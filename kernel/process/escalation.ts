// An interrupt's levers that the kernel process holds: it tells the cell process, and where that does not help (a
// blocking native call) signals its process group, then restarts it. The levers inside are in runtime/cell.

import type { Interrupt } from '../../runtime/events.ts';

/** A native call that blocks gets its SIGINT this long after an interrupt that nothing consumed. */
const SIGNAL_MS = 400;
/** And the process is restarted so long after that. */
const RESTART_MS = 2_000;

export interface Levers {
  /** Interrupts what runs: that cell, or with 0 what keeps the process busy without one. */
  pull(execution: number): void;
  /** The cell process consumed that interrupt. */
  struck(number: number): void;
  /** The turn of a cell begins. */
  ready(execution: number): void;
  /** That cell ended: no further lever is needed, unless the interrupt means one behind it as well. */
  rest(execution: number): void;
  /** No further lever is needed whatever was meant. */
  end(): void;
  /** Whether the process is being ended because an interrupt could not be had otherwise. */
  restarting(): boolean;
}

export function createLevers(process: {
  readonly send: (interrupt: Interrupt) => void;
  readonly signal: () => void;
  readonly restart: () => void;
}): Levers {
  let number = 0;
  let timer: NodeJS.Timeout | undefined;
  let meant = 0;
  let restarting = false;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    pull(execution) {
      number += 1;
      meant = execution;
      process.send({ type: 'interrupt', number, execution });
      timer ??= setTimeout(() => {
        process.signal();
        timer = setTimeout(() => {
          restarting = true;
          process.restart();
        }, RESTART_MS);
      }, SIGNAL_MS);
    },
    struck: end,
    ready(execution) {
      restarting = false;
      if (meant < execution) end();
    },
    rest(execution) {
      if (meant <= execution) end();
    },
    end,
    restarting: () => restarting,
  };
}
