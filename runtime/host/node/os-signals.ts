// Signals that the system sends to this process.

import { constants } from 'node:os';

/** Whether the system has a signal of this name. */
export function isSignal(name: string): boolean {
  return Object.hasOwn(constants.signals, name);
}

/** Calls `listener` at each signal, and keeps the process alive meanwhile. @returns what ends it @throws where it cannot be caught */
export function onSignal(name: string, listener: () => void): () => void {
  process.on(name, listener);
  // Node does not wait for signals, and a server that only waits for SIGTERM must.
  const waiting = setInterval(() => {}, 2 ** 30);
  return () => {
    clearInterval(waiting);
    process.removeListener(name, listener);
  };
}
