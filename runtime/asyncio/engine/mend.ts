// What tasks share, set right after a termination: each lock, queue and such that a task waits for wakes those whose
// turn it is by its state.

import type { InLine, Shared, Wait } from './types.ts';

/** A loop, as far as its tasks wait for something. */
interface Waiting {
  tasks(): readonly { readonly waiting: Wait | null }[];
}

/** @internal `left` is the wait that a killed task was at, or had just left. */
export function mendShared(loop: Waiting, left: Wait | null): void {
  const waits = new Map<Shared, InLine[]>();
  const own = left !== null && isInLine(left) ? left : null;
  if (own !== null) waits.set(own.of, []);
  for (const { waiting } of loop.tasks()) {
    if (waiting === null || !isInLine(waiting)) continue;
    const those = waits.get(waiting.of);
    if (those === undefined) waits.set(waiting.of, [waiting]);
    else those.push(waiting);
  }
  const lost = own?.queue.delete(own) === true ? own : null;
  for (const [of, those] of waits) of.mend(those, lost?.of === of ? lost : null);
}

function isInLine(wait: Wait): wait is InLine {
  return 'queue' in wait;
}
