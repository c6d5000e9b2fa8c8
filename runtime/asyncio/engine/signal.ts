// AbortSignal into the library: what a block does when a signal aborts. The other way is Task.signal().

import type { Loop } from './loop.ts';

/**
 * @internal Calls `abort(reason)` in a pass of the loop when the signal aborts; again, if V8 terminated it. Returns how to
 * forget it.
 */
export function onAbort(loop: Loop, signal: AbortSignal | undefined, abort: (reason: unknown) => void): () => void {
  if (signal === undefined || signal === null) return () => {};
  if (!(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal');
  let forgotten = false;
  let heard = false;
  const act = (): void => {
    if (!forgotten) abort(signal.reason);
  };
  // The signal calls this once, and V8 may terminate that call: recover() then has each block hear again.
  const hear = (): void => {
    if (heard || !signal.aborted) return;
    loop.ownSoon(act);
    heard = true;
  };
  const block = { hear };
  loop.signals.add(block);
  hear();
  if (!heard) signal.addEventListener('abort', hear, { once: true });
  return () => {
    forgotten = true;
    loop.signals.delete(block);
    signal.removeEventListener('abort', hear);
  };
}
