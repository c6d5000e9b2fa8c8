// A call that is ended after some time, and nothing around it: an evaluation of its own, for V8 ends the innermost. The
// watcher keeps the time. It serves what shows values (display/own-code.ts).

import { carryOutTermination, type Inspector } from './inspector.ts';
import { onIntrusion } from './intrusion.ts';
import { LIMITED, type ToWatcher } from './shared-memory.ts';
import { KERNEL, type Words, ZONE } from './states.ts';

/** Runs a call: 'over' if its time was over, 'ended' if V8 ended it for another reason, such as an interrupt. */
export type Limit = (call: () => void, milliseconds: number) => 'whole' | 'over' | 'ended';

/** Makes the limit of this thread; `afterTermination`: V8 has dropped microtasks, and Node may have lost what it had to do. */
export function createLimit(
  shared: Int32Array<SharedArrayBuffer>,
  words: Words,
  inspector: Inspector,
  { tell, afterTermination }: { readonly tell: (message: ToWatcher) => void; readonly afterTermination: () => void },
): Limit {
  let count = 0;
  let over = false;
  let completed = false;
  let entered: (() => void) | undefined;
  const enter = inspector.prepare('cokernel limited', function cokernelLimited() {
    const call = entered as () => void;
    entered = undefined;
    call();
    completed = true;
    Atomics.store(shared, LIMITED, 0);
    // If the end was ordered just now, it comes here.
    if (over) carryOutTermination();
  });
  onIntrusion('cokernel limit', (number) => {
    // The kernel's own code is never ended, nor what Node loads: the watcher asks again.
    if (Atomics.load(shared, LIMITED) !== number || words.get(ZONE) === KERNEL || inspector.isNodeLoading()) return;
    over = true;
    // Nothing may be called after it: V8 would end this instead of what it has interrupted.
    inspector.terminate();
  });
  return (call, milliseconds) => {
    count++;
    tell({ type: 'limit', number: count, milliseconds });
    over = false;
    completed = false;
    entered = call;
    Atomics.store(shared, LIMITED, count);
    enter();
    Atomics.store(shared, LIMITED, 0);
    if (over) afterTermination();
    if (completed) return 'whole';
    return over ? 'over' : 'ended';
  };
}
