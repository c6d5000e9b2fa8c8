// A wait for something that tasks share: a lock, a queue. By it traces know which tasks wait for the same thing, and
// after a termination mend.ts knows what to set right.

import { getRunningLoop } from './create-task.ts';
import { Future } from './future.ts';
import type { Line, Member } from './line.ts';
import type { InLine, Shared } from './types.ts';

/** @internal One task's wait for `of`. It stands in the line from its first moment on. */
export class SharedWait<T = unknown> extends Future<T> implements InLine, Member<SharedWait> {
  readonly of: Shared;
  readonly queue: Line<SharedWait>;
  /** Its place in the line; the line's own affair. */ before: SharedWait | null = null;
  behind: SharedWait | null = null;
  standing = false;

  constructor(of: Shared, queue: Line<SharedWait>, label: string) {
    const loop = getRunningLoop();
    super(loop, label);
    this.of = of;
    this.queue = queue;
    loop.wait = this;
    queue.add(this as SharedWait);
  }
}
