// What the watcher has the main thread do in the middle of whatever runs there: an evaluation of its inspector session,
// which V8 runs at the next turn of a loop or call of a function, also inside an evaluation of another session. V8
// assumes that injected code does not change objects the interrupted code uses: define constants or use Atomics only.

import type { Session } from 'node:inspector';

/** Shows loops the STOP word. */
export const SHOW_FLAG = 'cokernel flag';
/** Sends the text that is waiting. */
export const SHOW_TEXT = 'cokernel text';

type Intrusion = typeof SHOW_FLAG | typeof SHOW_TEXT;

/** Defines, on the main thread, what to do. Its name is one that no code can have, and not a symbol (as in guard.ts). */
export function onIntrusion(intrusion: Intrusion, act: () => void): void {
  Object.defineProperty(globalThis, intrusion, { value: act });
}

/** Has it done; calls `done` afterwards, or when the session is closed. */
export function intrude(session: Session, intrusion: Intrusion, done: () => void = () => {}): void {
  session.post('Runtime.evaluate', { expression: `this[${JSON.stringify(intrusion)}]()`, silent: true }, done);
}
