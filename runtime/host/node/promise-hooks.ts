// What V8 tells of promises.

import { promiseHooks } from 'node:v8';

/** What is called with each promise that is made, and with each that is settled. */
export interface PromiseCalls {
  readonly init: (promise: unknown) => void;
  readonly settled: (promise: unknown) => void;
}

/**
 * Calls them from now on.
 *
 * @returns what ends it; undefined where the engine tells nothing
 */
export function hookPromises(calls: PromiseCalls): (() => void) | undefined {
  return promiseHooks.createHook(calls) as () => void;
}
