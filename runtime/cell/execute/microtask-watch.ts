// Whether microtasks may be waiting, which V8 does not tell. Where a task awaits one plain value after another and none
// wait, it need not leave the guard for each: a new entry costs 45 µs.

import { hookPromises } from '#host/promise-hooks';
import type { MicrotaskWatch } from '../../asyncio/engine/turns.ts';

/** So many awaits of plain values in a row, then it is worth to watch: hooks make promises ten times as slow. */
const ENOUGH = 3;

/** The watch, and what must be called where a microtask is queued that belongs to no promise. */
export interface CellMicrotaskWatch extends MicrotaskWatch {
  queued(): void;
}

/** Watches promises while it is asked often. What was queued before the first question is not known to it. */
export function createMicrotaskWatch(): CellMicrotaskWatch {
  let asked = 0;
  let stirred = false;
  /** The promises of the loop's own microtasks: of the one that waits, made while `owning`, and of the one that runs. */
  let waiting: unknown;
  let running: unknown;
  let owning = false;
  let stop: (() => void) | undefined;
  const queued = (): void => {
    stirred = true;
  };
  const init = (): void => {
    if (!owning) stirred = true;
  };
  const settled = (promise: unknown): void => {
    if (promise !== waiting && promise !== running) stirred = true;
  };
  const rest = (): void => {
    asked = 0;
    stop?.();
    stop = undefined;
  };
  return {
    queued,
    rest,
    own(queue) {
      owning = true;
      running = waiting;
      waiting = queue();
      owning = false;
    },
    none() {
      if (stop !== undefined) {
        if (!stirred) return true;
        rest();
      } else if (++asked >= ENOUGH) {
        // Microtasks run before the next question, and whatever they queue is seen. A promise is made wherever a
        // reaction is added to one that is settled, and one that is settled may have had reactions.
        stirred = false;
        stop = hookPromises({ init, settled });
      }
      return false;
    },
  };
}
