// What the loop's methods have from outside the engine: threads and signals. The files of each put it in.

/** @internal */
export const outside: {
  /** Calls a function in a thread, and gives the task that waits for it. */
  inThread: (loop: never, call: (...args: never[]) => unknown, args: readonly unknown[]) => unknown;
  /** Has `handle` called at each such signal, instead of what was called before. */
  handleSignal: (loop: never, signal: string, handle: never) => void;
  /** False: there was no handler. */
  ignoreSignal: (loop: never, signal: string) => boolean;
} = { inThread: missing, handleSignal: missing, ignoreSignal: missing };

function missing(): never {
  throw new TypeError('there are no threads and no signals here');
}
