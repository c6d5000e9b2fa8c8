// A future that a block of the library waits for while others work: traces and call graphs look through it to those.

import { Future } from './future.ts';
import type { Loop } from './loop.ts';

/** @internal A future that is settled by others: of a task group, `wait`, `waitFor`, `shield`. */
export class Joint<T = unknown> extends Future<T> {
  /** @internal Read by traces, as a gather's are. */
  readonly children: Iterable<Future<unknown>>;

  constructor(loop: Loop, label: string, children: Iterable<Future<unknown>>) {
    super(loop, label);
    this.children = children;
  }
}
