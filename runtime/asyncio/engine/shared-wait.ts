// A wait for something that tasks share: a lock, a queue. By it traces know which tasks wait for the same thing, and
// after a termination mend.ts knows what to set right.

import { getRunningLoop } from './create-task.ts';
import { addNote, RuntimeError } from './errors.ts';
import { Future } from './future.ts';
import type { Line, Member } from './line.ts';
import type { Loop } from './loop.ts';
import type { InLine, Shared } from './types.ts';

/** @internal One task's wait for `of`. It stands in the line from its first moment on. */
export class SharedWait<T = unknown> extends Future<T> implements InLine, Member<SharedWait> {
  readonly of: Shared;
  readonly queue: Line<SharedWait>;
  /** Its place in the line; the line's own affair. */ before: SharedWait | null = null;
  behind: SharedWait | null = null;
  standing = false;

  constructor(of: Shared, queue: Line<SharedWait>, label: string) {
    const loop = boundLoop(of);
    super(loop, label);
    this.of = of;
    this.queue = queue;
    loop.wait = this;
    queue.add(this as SharedWait);
  }
}

/** The running loop. As in asyncio, only a wait binds: what nobody has to wait for works in any loop. */
function boundLoop(of: Shared): Loop {
  const loop = getRunningLoop();
  of.loop ??= loop;
  if (of.loop === loop) return loop;
  throw addNote(
    new RuntimeError(`${of} is bound to a different event loop`),
    'Tasks of another run() have waited for it. Make one in each run.',
  );
}
