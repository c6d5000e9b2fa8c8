// AbortSignal into the library: what a block does when a signal aborts. The other way is Task.signal().

import type { Loop } from './loop.ts';

/** @internal Calls `abort(reason)` once, in a pass of the loop, when the signal aborts. Returns how to forget it. */
export function onAbort(loop: Loop, signal: AbortSignal | undefined, abort: (reason: unknown) => void): () => void {
  if (signal === undefined || signal === null) return () => {};
  if (!(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal');
  let forgotten = false;
  const tell = (): void => {
    loop.callSoon(() => {
      if (!forgotten) abort(signal.reason);
    });
  };
  if (signal.aborted) tell();
  else signal.addEventListener('abort', tell, { once: true });
  return () => {
    forgotten = true;
    signal.removeEventListener('abort', tell);
  };
}
