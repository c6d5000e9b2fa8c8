// The watcher's timers. One that is due waits on while the main thread could run but has hardly had a processor: on a busy
// machine that thread would otherwise be terminated before it had a chance to see its flag, past the `catch` of the cell.

import { readFileSync } from 'node:fs';

/** What a timer waits for beside its time, in milliseconds. */
export interface Patience {
  /** How long the main thread is to have run, for a timer of that many milliseconds. */
  readonly served: (milliseconds: number) => number;
  /** A timer waits at most this much longer, whatever the machine does. */
  readonly longest: number;
}

/** The thread has had its chance to see its flag. The kernel process counts real time, so this is short. */
export const ONE_CHANCE: Patience = { served: (milliseconds) => Math.min(50, milliseconds / 2), longest: 1_000 };
/**
 * The thread has worked for a quarter of the time: what a machine at rest would have done in time is done by then, however
 * busy this one is.
 */
export const OWN_WORK: Patience = { served: (milliseconds) => milliseconds / 4, longest: 20_000 };
/** How often a timer that is due looks at the main thread. */
const LOOK_MS = 10;
/** A thread that has run for less than this between two looks at which it slept has slept in between. */
const ASLEEP_MS = 0.5;

/** What the system says of a thread. */
export interface ThreadState {
  /** The processor time that it has had, in milliseconds. */
  readonly ran: number;
  /** It waits for something other than a processor. */
  readonly asleep: boolean;
}

/** What the timers need. Times are in milliseconds. */
export interface PatientHooks {
  /** The main thread; undefined where the system does not tell. */
  readonly thread: () => ThreadState | undefined;
  readonly now: () => number;
  readonly setTimeout: (call: () => void, milliseconds: number) => number;
  readonly clearTimeout: (timer: number) => void;
}

export type PatientTimers = Pick<PatientHooks, 'setTimeout' | 'clearTimeout'>;

/** Makes timers that call back once their time is over and the main thread has been served, or sleeps. */
export function createPatientTimers(hooks: PatientHooks, { served: enough, longest }: Patience): PatientTimers {
  /** The timer of the hooks that a timer of ours waits for now. */
  const timers = new Map<number, number>();
  let count = 0;
  return {
    setTimeout(call, milliseconds) {
      const timer = ++count;
      const before = hooks.thread();
      let last: ThreadState | undefined;
      const end = hooks.now() + milliseconds + longest;
      const wait = (time: number) => {
        timers.set(timer, hooks.setTimeout(look, time));
      };
      const look = () => {
        const now = hooks.thread();
        const served = before === undefined || now === undefined || now.ran - before.ran >= enough(milliseconds);
        const asleep = now?.asleep === true && last?.asleep === true && now.ran - last.ran < ASLEEP_MS;
        if (!served && !asleep && hooks.now() < end) {
          last = now;
          return wait(LOOK_MS);
        }
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

/** The main thread of this process, as Linux tells it; undefined elsewhere. */
export function mainThread(): ThreadState | undefined {
  try {
    const folder = `/proc/self/task/${process.pid}`;
    const ran = Number.parseInt(readFileSync(`${folder}/schedstat`, 'latin1'), 10) / 1e6;
    // After the name, which may hold anything: the state, R for one that runs or could.
    const stat = readFileSync(`${folder}/stat`, 'latin1');
    return { ran, asleep: stat[stat.lastIndexOf(')') + 2] !== 'R' };
  } catch {
    return undefined;
  }
}
