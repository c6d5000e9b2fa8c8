// The guarded entry into user code: code inside it can be terminated from outside without harm to any other. V8 ends the
// innermost evaluation of the inspector, so each entry is one. It is the watcher that terminates.

import { Session } from 'node:inspector';
import { GUARDED } from './shared-memory.ts';

/** Runs `call` so that a termination ends it alone; false if it was ended that way. */
export type Guard = (call: () => void) => boolean;

/** A name that no code can have. Not a symbol, because a notebook may have a Symbol of its own. */
const ENTRY = 'cokernel entry';

/**
 * Makes the guard of this thread. An evaluation costs 7 to 15 µs; `Runtime.callFunctionOn` would cost less, but a
 * termination within it ends the surrounding code as well (Node 26.10).
 */
export function createGuard(shared: Int32Array<SharedArrayBuffer>): Guard {
  const session = new Session();
  session.connect();
  let entered: (() => void) | undefined;
  let finished = false;
  Object.defineProperty(globalThis, ENTRY, {
    value: () => {
      const call = entered as () => void;
      entered = undefined;
      call();
      finished = true;
    },
  });
  const evaluation = { expression: `this[${JSON.stringify(ENTRY)}]()`, silent: true };
  return (call) => {
    if (Atomics.load(shared, GUARDED) === 1) {
      call();
      return true;
    }
    entered = call;
    finished = false;
    Atomics.store(shared, GUARDED, 1);
    session.post('Runtime.evaluate', evaluation);
    Atomics.store(shared, GUARDED, 0);
    return finished;
  };
}
