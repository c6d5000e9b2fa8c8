// A wait for something that tasks share: a lock, a queue. By it traces know which tasks wait for the same thing.

import { getRunningLoop } from './create-task.ts';
import { Future } from './future.ts';

/** @internal One task's wait for `of`. */
export class SharedWait<T = unknown> extends Future<T> {
  /** @internal Read by traces only. */
  readonly of: object;

  constructor(of: object, label: string) {
    super(getRunningLoop(), label);
    this.of = of;
  }
}
