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

/**
 * Calls `press` at the first Ctrl+C, unless the program has a handler of its own, now or then. The second ends the process,
 * as it does where nobody listens.
 *
 * @returns what ends it
 */
export function onFirstInterrupt(press: () => void): () => void {
  if (process.listenerCount('SIGINT') > 0) return () => {};
  const listener = (): void => {
    if (process.listenerCount('SIGINT') > 1) return;
    process.removeListener('SIGINT', listener);
    press();
  };
  process.on('SIGINT', listener);
  return () => void process.removeListener('SIGINT', listener);
}
