// Signals of this process as callbacks of a loop: what `addSignalHandler` does. Imported for its effect.

import { RuntimeError } from './engine/errors.ts';
import type { Handle } from './engine/handle.ts';
import type { Loop } from './engine/loop.ts';
import { outside } from './engine/outside.ts';
import { holdOpen } from './hold-open.ts';

const handlers = new WeakMap<Loop, Map<string, () => void>>();

function handleSignal(loop: Loop, signal: string, handle: Handle): void {
  const listener = (): void => loop.enqueue(handle.again(loop));
  try {
    process.on(signal as NodeJS.Signals, listener);
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
