// Puts together, on one set of words, this thread's interrupts, its guard and the flag of the loops, and defines what
// the watcher can run in the middle of the thread's code.

import type { MessagePort } from 'node:worker_threads';
import { createGuard, type Guard, type GuardHooks } from './guard.ts';
import { type Inspector, openInspector } from './inspector.ts';
import { createInterrupts, type Interrupts, KeyboardInterrupt, timedHooks } from './interrupts.ts';
import { onIntrusion } from './intrusion.ts';
import { createLimit, type Limit } from './limit.ts';
import type { ToWatcher } from './shared-memory.ts';
import { createWords, isDue, isOver, PHASE, RAISED } from './states.ts';
import { createFlag } from './stop-flag.ts';

/** What can interrupt user code, and be interrupted. */
export interface Interruptible extends Pick<Inspector, 'showErrors'> {
  readonly interrupts: Interrupts;
  readonly guard: Guard;
  readonly limit: Limit;
}

/** What is called, each in the kernel's own code. */
export interface InterruptibleHooks extends Pick<GuardHooks, 'afterTermination' | 'broken'> {
  /** An interrupt was consumed. */
  readonly consumed: () => void;
}

/** Makes the interrupts, the guard and the limit. `home` is the URL of the kernel's own code. */
export function createInterruptible(
  shared: Int32Array<SharedArrayBuffer>,
  watcher: MessagePort,
  home: string,
  hooks: InterruptibleHooks,
): Interruptible {
  const { afterTermination, broken } = hooks;
  const words = createWords();
  const tell = (message: ToWatcher) => watcher.postMessage(message);
  const inspector = openInspector(home);
  const guard = createGuard(words, inspector, {
    afterTermination,
    broken,
    afterOutsideTermination: () => interrupts.afterTermination(undefined, new KeyboardInterrupt()),
    due: () => isDue(words, words.get(RAISED)),
  });
  const interrupts: Interrupts = createInterrupts(words, {
    show: createFlag(words),
    asKernel: guard.asKernel,
    ...timedHooks(tell, hooks.consumed),
  });
  onIntrusion('cokernel hear', (number, execution) => {
    // Once for each interrupt: what follows soon after tells nothing of a loop that stands.
    if (words.get(RAISED) < number) inspector.notePass();
    interrupts.hear(number, execution);
  });
  onIntrusion('cokernel force', (execution) => {
    const before = words.get(PHASE);
    interrupts.force(execution);
    if (words.get(PHASE) !== before) inspector.notePass();
  });
  onIntrusion('cokernel terminate', (number) => {
    if (!isDue(words, number)) return isOver(words, number) ? 1 : 0;
    // Nothing may be called after it: V8 would end this instead of what it has interrupted.
    guard.terminate();
    return 0;
  });
  const limit = createLimit(shared, words, inspector, { tell, afterTermination });
  return { interrupts, guard, limit, showErrors: inspector.showErrors };
}
