// What an engine tells of promises: nothing.

/** What would be called with each promise that is made, and with each that is settled. */
export interface PromiseCalls {
  readonly init: (promise: unknown) => void;
  readonly settled: (promise: unknown) => void;
}

/** Undefined: the engine tells nothing. */
export function hookPromises(_calls: PromiseCalls): (() => void) | undefined {
  return undefined;
}
