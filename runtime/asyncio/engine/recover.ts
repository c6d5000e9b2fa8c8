// After V8 terminated a turn, at whatever point, or the stack was full in a step: the loop is consistent again, the task
// whose step was terminated is killed, and all others live on. Nothing is guessed: what was under way is on record on the
// loop, and what follows from the state of things is done again.

import { finishRequests } from './cancelling.ts';
import type { Future, Waiter } from './future.ts';
import type { Loop } from './loop.ts';
import type { Foreign, Runnable } from './loop-options.ts';
import { mendShared } from './mend.ts';
import { now } from './now.ts';
import { isArray, itemsOf, pop } from './primordials.ts';
import { Sleep } from './sleep.ts';
import { forgetNativeStack } from './stack.ts';
import { Task } from './task.ts';
import { forgetAsker } from './tracing.ts';
import { forgetNewest } from './unawaited.ts';
import { ChildDone, DoneCallback } from './waiters.ts';

/** What ran when V8 terminated a turn. */
export interface Victim {
  /** The task whose step it was; null for a callback. */
  readonly task: Task<unknown> | null;
  /** Who caused what ran. */
  readonly owner: unknown;
}

/** @internal What `Loop.recover` does. */
export function recover(loop: Loop, error: unknown): Victim | null {
  if (!loop.turning) {
    renew(loop);
    return null;
  }
  askAgain(loop);
  const item = loop.running;
  const task = item instanceof Task ? item : null;
  const { owner, current, eager } = loop;
  const wait = task === null ? null : (task.waiting ?? (loop.current === task ? loop.wait : null));
  loop.current = null;
  loop.running = null;
  forgetNativeStack();
  forgetNewest();
  forgetAsker();
  loop.endTurn();
  loop.timers.rebuild();
  finishHalfDone(loop);
  for (let inner = pop(eager); inner !== undefined; inner = pop(eager)) {
    inner.kill(error, inner.waiting ?? (current === inner ? loop.wait : null));
  }
  if (task !== null) task.kill(error, wait);
  else mendShared(loop, null);
  finishShared(loop);
  const again = item !== null && item !== loop.retried && isOwn(item);
  loop.retried = again ? item : null;
  // Before anything else sees what it left half done.
  if (again) loop.ready.unshift(item);
  else if (item !== null && task === null) {
    loop.callExceptionHandler({ message: 'Callback was interrupted', exception: error, handle: item, owner });
  }
  loop.wake();
  return item === null || again ? null : { task, owner };
}

/** @internal What `Loop.renew` does: no turn was terminated, but a microtask may have been, which settles futures too. */
export function renew(loop: Loop): void {
  askAgain(loop);
  if (loop.turning) return;
  finishHalfDone(loop);
  wakeAll(loop);
}

/**
 * @internal What `Loop.repair` does. A program may catch the RangeError of a full stack and go on. Where that struck in the
 * library's own work it is on record, and brought to its end here, where the stack is nearly empty.
 */
export function repair(loop: Loop): void {
  now.struck = false;
  loop.timers.rebuild();
  finishHalfDone(loop);
  const { stranded } = loop;
  while (stranded.length > 0) {
    const error = pop(stranded);
    const task = pop(stranded) as Task<unknown>;
    task.kill(error);
    // It was thrown where the task was made.
    task.retrieved();
  }
  mendShared(loop, loop.wait);
  finishShared(loop);
}

function finishHalfDone(loop: Loop): void {
  finishMoves(loop);
  finishRequests(loop);
  const { halfway } = loop;
  for (; halfway.length > 0; halfway.length -= 2) {
    finishWaking(halfway[halfway.length - 2] as Future<unknown>, halfway[halfway.length - 1] as Waiter | null);
  }
}

function finishShared(loop: Loop): void {
  finishScopes(loop);
  const blocks = itemsOf(loop.signals);
  for (let at = 0; at < blocks.length; at++) blocks[at]?.hear();
  wakeAll(loop);
}

/** V8 drops the microtasks of a terminated turn, and with them the answers of native promises. */
function askAgain(loop: Loop): void {
  const waits = itemsOf(loop.foreign);
  for (let at = 0; at < waits.length; at++) {
    const wait = waits[at] as Foreign;
    if (wait.done()) loop.foreign.delete(wait);
    else wait.renew();
  }
}

/** A timer that was on its way into the ready queue, and the waiters of a future that had just been settled. */
function finishMoves(loop: Loop): void {
  const { completing, waking, moving } = loop;
  // Twice in the queue does no harm: a timer fires once.
  if (moving !== null) loop.ready.push(moving);
  loop.moving = null;
  loop.completing = null;
  loop.waking = null;
  if (completing !== null) finishWaking(completing, waking);
}

function finishWaking(future: Future<unknown>, waking: Waiter | null): void {
  if (waking !== null) future.wake(waking);
  const { waiters } = future;
  if (isArray(waiters)) future.wakeAll(waiters);
  // A task that is no longer among them was woken, or is found by wakeAll() below.
  else if (waiters !== null && !(waiters instanceof Task)) future.wake(waiters);
  future.waiters = null;
}

function finishScopes(loop: Loop): void {
  const tasks = loop.tasks();
  for (let at = 0; at < tasks.length; at++) {
    for (let scope = (tasks[at] as Task<unknown>).cancelScope; scope !== null; scope = scope.outer) scope.finish();
  }
}

/** Puts each task that has nothing to wait for any more into the ready queue, unless it is there. */
function wakeAll(loop: Loop): void {
  const tasks = loop.tasks();
  for (let at = 0; at < tasks.length; at++) {
    const one = tasks[at] as Task<unknown>;
    if (!one.scheduled && (one.waiting === null || one.waiting.settled())) loop.enqueue(one);
  }
}

/** The library's own work, which no program is to blame for: it is done again. */
function isOwn(item: Runnable): boolean {
  if (item instanceof DoneCallback) return item.behind !== null;
  return item instanceof Sleep || item instanceof ChildDone || ('own' in item && item.own);
}
