// What the marks of instrument.ts call. It is loaded before the library, and knows nothing of it.

import { Session } from 'node:inspector';

declare global {
  var __reached: (place: string) => void;
  var __resumed: <T>(value: T, place: string) => T;
  var __turn: () => void;
}

/** How many places were reached, at which one V8 ends the code, and which that was. */
export const places = { reached: 0, target: 0, armed: false, hit: null as string | null };

const session = new Session();
session.connect();
const executioner = new Session();
executioner.connect();

globalThis.__reached = (at) => {
  if (!places.armed || ++places.reached !== places.target) return;
  places.armed = false;
  places.hit = at;
  executioner.post('Runtime.terminateExecution');
  for (;;);
};
globalThis.__resumed = (value, at) => {
  globalThis.__reached(at);
  return value;
};

/** Runs `turn` as the kernel does; false if it was terminated. */
export function guarded(turn: () => void): boolean {
  let through = false;
  globalThis.__turn = () => {
    turn();
    through = true;
  };
  session.post('Runtime.evaluate', { expression: '__turn()', silent: true });
  return through;
}
