// What the watcher has the main thread do in the middle of whatever runs there: an evaluation of its inspector session,
// which V8 runs at the next turn of a loop or call of a function, also inside an evaluation of another session. V8
// takes it that such an intrusion changes no object that the code around it uses: write constants or atomics only.

import type { Session } from 'node:inspector';

/** Shows loops the STOP word. */
export const SHOW_FLAG = 'cokernel flag';
/** Sends the text that waits. */
export const SHOW_TEXT = 'cokernel text';

type Intrusion = typeof SHOW_FLAG | typeof SHOW_TEXT;

/** Says, on the main thread, what to do. Its name is none that code could have, nor a symbol (as in guard.ts). */
export function onIntrusion(intrusion: Intrusion, act: () => void): void {
  Object.defineProperty(globalThis, intrusion, { value: act });
}

/** Has it done; `done` is called when it was, or when the session was closed. */
export function intrude(session: Session, intrusion: Intrusion, done: () => void = () => {}): void {
  session.post('Runtime.evaluate', { expression: `this[${JSON.stringify(intrusion)}]()`, silent: true }, done);
}
