// After V8 ended a turn from outside, at any point of it: the loop comes out whole, the struck task failed, all others alive.

import { ChildDone, DoneCallback } from './future.ts';
import type { Loop, Runnable } from './loop.ts';
import { Sleep } from './sleep.ts';
import { forgetNativeStack } from './stack.ts';
import { isStandIn } from './stand-in.ts';
import { Task } from './task.ts';
import { forgetAsker } from './tracing.ts';
import { forgetNewest } from './unawaited.ts';

/** What a termination struck. */
export interface Struck {
  /** The task whose step it was; null for a callback. */
  readonly task: Task<unknown> | null;
  /** Who caused what ran. */
  readonly owner: unknown;
}

/** @internal What `Loop.recover` does. */
export function recover(loop: Loop, error: unknown): Struck | null {
  loop.renew();
  if (!loop.turning) return null;
  const struck = loop.running;
  const task = struck instanceof Task ? struck : null;
  const owner = loop.owner;
  loop.current = null;
  loop.running = null;
  forgetNativeStack();
  forgetNewest();
  forgetAsker();
  loop.endTurn();
  loop.timers.rebuild();
  repair(loop, task);
  if (task !== null) task.strike(error);
  else if (struck !== null && isEngineOwn(struck)) loop.ready.push(struck);
  else if (struck !== null) {
    loop.callExceptionHandler({ message: 'Callback was interrupted', exception: error, handle: struck, owner });
  }
  loop.wake();
  return struck === null || (task === null && isEngineOwn(struck)) ? null : { task, owner };
}

/** Puts what a termination left out of the ready queue back into it. */
function repair(loop: Loop, struck: Task<unknown> | null): void {
  const { completing, waking, moving } = loop;
  // Twice in the queue does no harm: a timer fires once.
  if (moving !== null) loop.ready.push(moving);
  loop.moving = null;
  loop.completing = null;
  loop.waking = null;
  if (waking !== null) completing?.wake(waking);
  const waiters = completing?.waiters ?? null;
  if (Array.isArray(waiters)) completing?.wakeAll(waiters);
  else if (waiters !== null && !(waiters instanceof Task)) completing?.wake(waiters);
  if (completing !== null) completing.waiters = null;
  for (const one of loop.tasks()) {
    if (one !== struck && !one.scheduled && (one.waiting === null || one.waiting.settled())) loop.enqueue(one);
  }
}

/** Struck in the engine's own code, so nobody's: it is done again. Each of these may be done twice. */
function isEngineOwn(item: Runnable): boolean {
  if (item instanceof DoneCallback) return item.own || isStandIn(item.call);
  return item instanceof Sleep || item instanceof ChildDone;
}
