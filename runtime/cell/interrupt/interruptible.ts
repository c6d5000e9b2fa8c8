// Interrupts, the guard and the loops' flag of this thread, put together on one set of words, and what the watcher has
// done in the middle of what the thread runs.

import type { MessagePort } from 'node:worker_threads';
import { createGuard, type Guard, type GuardHooks } from './guard.ts';
import { openInspector } from './inspector.ts';
import { createInterrupts, type Interrupts, KeyboardInterrupt } from './interrupts.ts';
import { onIntrusion } from './intrusion.ts';
import type { ToWatcher } from './shared-memory.ts';
import { createWords, isDue, isOver, RAISED } from './states.ts';
import { createFlag } from './stop-flag.ts';

/** Makes them. `home` is the URL of the kernel's own code. */
export function createInterruptible(
  watcher: MessagePort,
  home: string,
  { lost, broken }: Pick<GuardHooks, 'lost' | 'broken'>,
): { readonly interrupts: Interrupts; readonly guard: Guard } {
  const words = createWords();
  const tell = (message: ToWatcher) => watcher.postMessage(message);
  const guard = createGuard(words, openInspector(home), {
    lost,
    broken,
    outside: () => interrupts.terminated(undefined, new KeyboardInterrupt()),
    due: () => isDue(words, words.get(RAISED)),
  });
  const interrupts: Interrupts = createInterrupts(words, {
    show: createFlag(words),
    own: guard.own,
    consumed: (number, execution) => tell({ type: 'consumed', number, execution }),
    ended: (execution) => tell({ type: 'ended', execution }),
    now: Date.now,
  });
  onIntrusion('cokernel hear', interrupts.hear);
  onIntrusion('cokernel force', interrupts.force);
  onIntrusion('cokernel terminate', (number) => {
    if (!isDue(words, number)) return isOver(words, number) ? 1 : 0;
    // Nothing may be called after it: V8 would end this instead of what it has interrupted.
    guard.terminate();
    return 0;
  });
  return { interrupts, guard };
}
