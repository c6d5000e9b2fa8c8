// The watcher's timers. They do not count the time in which the main thread was ready to run but had no processor: on a
// busy machine it would otherwise be terminated before it had a chance to see its flag, past the `catch` of the cell.

import { readFileSync } from 'node:fs';

/** A timer waits at most this much longer, whatever the machine does: the kernel process counts real time. */
const LONGEST_MS = 1_000;
/** Less is not worth another timer. */
const LEAST_MS = 1;

/** What the timers need. Times are in milliseconds. */
export interface PatientHooks {
  /** How long the main thread has waited for a processor, since any moment in the past. */
  readonly waited: () => number;
  readonly setTimeout: (call: () => void, milliseconds: number) => number;
  readonly clearTimeout: (timer: number) => void;
}

export type PatientTimers = Pick<PatientHooks, 'setTimeout' | 'clearTimeout'>;

/** Makes timers that wait longer by what the main thread has waited for a processor meanwhile, but at most a second. */
export function createPatientTimers(hooks: PatientHooks): PatientTimers {
  /** The timer of the hooks that a timer of ours waits for now. */
  const timers = new Map<number, number>();
  let count = 0;
  return {
    setTimeout(call, milliseconds) {
      const timer = ++count;
      let before = hooks.waited();
      let left = LONGEST_MS;
      const wait = (time: number) => {
        timers.set(timer, hooks.setTimeout(fire, time));
      };
      const fire = () => {
        const now = hooks.waited();
        const longer = Math.min(now - before, left);
        before = now;
        left -= longer;
        if (longer >= LEAST_MS) return wait(longer);
        timers.delete(timer);
        call();
      };
      wait(milliseconds);
      return timer;
    },
    clearTimeout(timer) {
      const waiting = timers.get(timer);
      timers.delete(timer);
      if (waiting !== undefined) hooks.clearTimeout(waiting);
    },
  };
}

/** How long the main thread of this process has waited for a processor, in milliseconds; only Linux tells, others give 0. */
export function waitedForProcessor(): number {
  try {
    const [, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ');
    return Number(waited) / 1e6 || 0;
  } catch {
    return 0;
  }
}
