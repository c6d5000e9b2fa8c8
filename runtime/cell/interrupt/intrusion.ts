// What the watcher has the main thread do in the middle of whatever runs there: an evaluation of its inspector session,
// which V8 runs at a loop's next iteration or at a call of a function, also inside an evaluation of another session. V8
// assumes that injected code does not change objects the interrupted code uses: define constants or use Atomics only.

import type { Session } from 'node:inspector';

/** What each intrusion is given, all of it numbers. */
export interface Intrusions {
  /** Interrupt `number` was raised, for cells up to that execution. */
  'cokernel hear': (number: number, execution: number) => void;
  /** The clean-up of that execution has had its time. */
  'cokernel force': (execution: number) => void;
  /** Ends what runs if that interrupt is due; 1 if it is over. */
  'cokernel terminate': (number: number) => number;
  /** Ends the call of that number, whose time is over. */
  'cokernel limit': (number: number) => void;
  /** Sends the text that is waiting. */
  'cokernel text': () => void;
}

/** Defines, on the main thread, what to do, under a name that no code can have; why not a symbol: inspector.ts. */
export function onIntrusion<Name extends keyof Intrusions>(name: Name, act: Intrusions[Name]): void {
  Object.defineProperty(globalThis, name, { value: act });
}

/** Has an intrusion run, then calls `done` with its value: undefined if it failed. */
export type Intrude = <Name extends keyof Intrusions>(
  name: Name,
  given: Parameters<Intrusions[Name]>,
  done?: (value: unknown) => void,
) => void;

/** The session is closed when it was not needed for this long. */
const SESSION_MS = 200;

/** How the watcher has intrusions run. */
export interface Intruder {
  readonly intrude: Intrude;
  /**
   * Closes the session soon, and once no intrusion is under way: one that a busy machine keeps waiting would be lost. It
   * is open only while it is needed, because with an open session Node waits for a debugger when the process ends.
   */
  closeSoon(): void;
}

/** `connect` opens a session of the main thread. */
export function createIntruder(connect: () => Session): Intruder {
  let session: Session | undefined;
  let closing: NodeJS.Timeout | undefined;
  let running = 0;
  const intruder: Intruder = {
    intrude(name, given, done) {
      clearTimeout(closing);
      closing = undefined;
      session ??= connect();
      running += 1;
      const expression = `this[${JSON.stringify(name)}](${given.join()})`;
      session.post('Runtime.evaluate', { expression, silent: true, returnByValue: true }, (error, answer) => {
        running -= 1;
        done?.(error ? undefined : (answer as { readonly result?: { readonly value?: unknown } }).result?.value);
      });
    },
    closeSoon() {
      closing ??= setTimeout(() => {
        closing = undefined;
        if (running > 0) return intruder.closeSoon();
        session?.disconnect();
        session = undefined;
      }, SESSION_MS);
    },
  };
  return intruder;
}
