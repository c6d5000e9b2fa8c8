// After V8 terminated a turn, at whatever point: the loop is consistent again, the task whose step it was is killed, and
// all others live on.

import { ChildDone, DoneCallback } from './future.ts';
import type { Loop, Runnable } from './loop.ts';
import { Sleep } from './sleep.ts';
import { forgetNativeStack } from './stack.ts';
import { isStandIn } from './stand-in.ts';
import { Task } from './task.ts';
import { forgetAsker } from './tracing.ts';
import { forgetNewest } from './unawaited.ts';

/** What ran when V8 terminated a turn. */
export interface Victim {
  /** The task whose step it was; null for a callback. */
  readonly task: Task<unknown> | null;
  /** Who caused what ran. */
  readonly owner: unknown;
}

/** @internal What `Loop.recover` does. */
export function recover(loop: Loop, error: unknown): Victim | null {
  loop.renew();
  if (!loop.turning) return null;
  const item = loop.running;
  const task = item instanceof Task ? item : null;
  const owner = loop.owner;
  loop.current = null;
  loop.running = null;
  forgetNativeStack();
  forgetNewest();
  forgetAsker();
  loop.endTurn();
  loop.timers.rebuild();
  repair(loop, task);
  if (task !== null) task.kill(error);
  else if (item !== null && isEngineOwn(item)) loop.ready.push(item);
  else if (item !== null) {
    loop.callExceptionHandler({ message: 'Callback was interrupted', exception: error, handle: item, owner });
  }
  loop.wake();
  return item === null || (task === null && isEngineOwn(item)) ? null : { task, owner };
}

/** Puts what a termination left out of the ready queue back into it. */
function repair(loop: Loop, victim: Task<unknown> | null): void {
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
    if (one !== victim && !one.scheduled && (one.waiting === null || one.waiting.settled())) loop.enqueue(one);
  }
}

/** The engine's own work, which no program is to blame for: it is done again. Each of these may be done twice. */
function isEngineOwn(item: Runnable): boolean {
  if (item instanceof DoneCallback) return item.own || isStandIn(item.call);
  return item instanceof Sleep || item instanceof ChildDone;
}
