// Repairs what tasks share, right after a termination: each lock, queue and such that a task waits for wakes the tasks
// whose turn it is, judging by its state.

import { push, SafeMap } from './primordials.ts';
import type { InLine, Shared, Wait } from './types.ts';

/** A loop, as far as its tasks wait for something. */
interface Waiting {
  tasks(): readonly { readonly waiting: Wait | null }[];
}

/** @internal `left` is the last wait on record, which a killed task may have been at, or had just left. */
export function mendShared(loop: Waiting, left: Wait | null): void {
  const waits = new SafeMap<Shared, InLine[]>();
  let own = left !== null && isInLine(left) ? left : null;
  if (own !== null) waits.set(own.of, []);
  const tasks = loop.tasks();
  for (let at = 0; at < tasks.length; at++) {
    const waiting = tasks[at]?.waiting ?? null;
    if (waiting === null || !isInLine(waiting)) continue;
    // A task that is alive is in this wait.
    if (waiting === own) own = null;
    const those = waits.get(waiting.of);
    if (those === undefined) waits.set(waiting.of, [waiting]);
    else push(those, waiting);
  }
  const lost = own?.queue.delete(own as never) === true ? own : null;
  waits.forEach((those, of) => {
    of.mend(those, lost?.of === of ? lost : null);
  });
}

function isInLine(wait: Wait): wait is InLine {
  return 'queue' in wait;
}
