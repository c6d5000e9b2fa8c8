// The wait of `await 42` in a compiled body: the value is there, and native code's microtasks run once before the task goes
// on. No other task of the loop runs in between.

import type { Wait } from './types.ts';

/** @internal Read as a future that has its result. */
export class Plain implements Wait {
  readonly phase = 1;
  readonly outcome: unknown;

  constructor(value: unknown) {
    this.outcome = value;
  }

  waitName(): string {
    return 'value';
  }

  /** A cancellation waits for an await that can be cancelled, as it does where nothing suspends. */
  cancelWait(): boolean {
    return false;
  }

  settled(): boolean {
    return true;
  }
}
