// Signals of this process as callbacks of a loop: what `addSignalHandler` does. Imported for its effect.

import { constants } from 'node:os';
import { RuntimeError, ValueError } from './engine/errors.ts';
import type { Handle } from './engine/handle.ts';
import type { Loop } from './engine/loop.ts';
import { outside } from './engine/outside.ts';
import { quote, repr } from './engine/repr.ts';
import { holdOpen } from './hold-open.ts';

const handlers = new WeakMap<Loop, Map<string, () => void>>();

function handleSignal(loop: Loop, signal: unknown, handle: Handle): void {
  checkSignal(signal);
  const listener = (): void => loop.enqueue(handle.again(loop));
  try {
    process.on(signal, listener);
  } catch {
    throw new RuntimeError(`sig ${signal} cannot be caught`);
  }
  ignoreSignal(loop, signal);
  // Node does not wait for signals, and a server that only waits for SIGTERM must.
  const waiting = setInterval(() => {}, 2 ** 30);
  const release = holdOpen(loop, () => ignoreSignal(loop, signal));
  const known = handlers.get(loop) ?? new Map<string, () => void>();
  handlers.set(loop, known);
  known.set(signal, () => {
    release();
    clearInterval(waiting);
    process.removeListener(signal, listener);
  });
}

/** Node would take any other word for an event, which never comes. */
function checkSignal(signal: unknown): asserts signal is NodeJS.Signals {
  if (typeof signal !== 'string') throw new TypeError(`sig must be a name, such as 'SIGTERM', not ${repr(signal)}`);
  if (!Object.hasOwn(constants.signals, signal)) throw new ValueError(`invalid signal ${quote(signal)}`);
}

function ignoreSignal(loop: Loop, signal: string): boolean {
  const known = handlers.get(loop);
  const stop = known?.get(signal);
  if (stop === undefined) return false;
  known?.delete(signal);
  stop();
  return true;
}

outside.handleSignal = handleSignal;
outside.ignoreSignal = ignoreSignal;
