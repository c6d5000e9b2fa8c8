// Signals of this process as callbacks of a loop: what `addSignalHandler` does. Imported for its effect.

import { isSignal, onSignal } from '#host/os-signals';
import { RuntimeError, ValueError } from './engine/errors.ts';
import type { Handle } from './engine/handle.ts';
import type { Loop } from './engine/loop.ts';
import { outside } from './engine/outside.ts';
import { quote, repr } from './engine/repr.ts';
import { holdOpen } from './hold-open.ts';

const handlers = new WeakMap<Loop, Map<string, () => void>>();

function handleSignal(loop: Loop, signal: unknown, handle: Handle): void {
  checkSignal(signal);
  let stop: () => void;
  try {
    stop = onSignal(signal, () => loop.enqueue(handle.again(loop)));
  } catch {
    throw new RuntimeError(`sig ${signal} cannot be caught`);
  }
  ignoreSignal(loop, signal);
  const release = holdOpen(loop, () => ignoreSignal(loop, signal));
  const known = handlers.get(loop) ?? new Map<string, () => void>();
  handlers.set(loop, known);
  known.set(signal, () => {
    release();
    stop();
  });
}

/** Node would take any other word for an event, which never comes. */
function checkSignal(signal: unknown): asserts signal is NodeJS.Signals {
  if (typeof signal !== 'string') throw new TypeError(`sig must be a name, such as 'SIGTERM', not ${repr(signal)}`);
  if (!isSignal(signal)) throw new ValueError(`invalid signal ${quote(signal)}`);
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
