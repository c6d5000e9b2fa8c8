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

/** Has an intrusion run, then calls `done` with its value: undefined if it failed or the session was closed. */
export function intrude<Name extends keyof Intrusions>(
  session: Session,
  name: Name,
  given: Parameters<Intrusions[Name]>,
  done: (value: unknown) => void = () => {},
): void {
  const expression = `this[${JSON.stringify(name)}](${given.join()})`;
  session.post('Runtime.evaluate', { expression, silent: true, returnByValue: true }, (error, answer) =>
    done(error ? undefined : (answer as { readonly result?: { readonly value?: unknown } }).result?.value),
  );
}
