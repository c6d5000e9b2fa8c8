// The stack of coroutines that a driver steps: how a coroutine comes to stand on it, leaves it, and is closed unrun.

import { CLOSED, CREATED, STARTED, TAKEN, WATCHED } from './coroutine-phase.ts';
import { addNote, RuntimeError, ValueError } from './errors.ts';
import { now } from './now.ts';
import { includes, push } from './primordials.ts';
import type { Driver, Frame } from './types.ts';
import { settleLoss } from './unawaited.ts';

/** @internal Takes the innermost coroutine, which has ended, off the stack. */
export function leave(driver: Driver, frame: Frame, failed = false): void {
  driver.top = frame.caller;
  frame.caller = null;
  frame.driver = null;
  frame.body = null;
  frame.phase = CLOSED;
  if (frame.producing) frame.left(failed);
}

/** @internal Ends every coroutine of a driver without running any of their code: what a V8 termination leaves behind. */
export function abandon(driver: Driver): void {
  for (let frame = driver.top; frame !== null; ) {
    const { caller }: Frame = frame;
    leave(driver, frame, true);
    frame = caller;
  }
  driver.top = null;
  driver.waiting = null;
}

/** @internal Closes a coroutine whose body must never run (a task cancelled before its first step). */
export function discard(coroutine: Frame): void {
  settleLoss(coroutine);
  if (coroutine.phase !== CREATED && coroutine.phase !== TAKEN) return;
  coroutine.phase = CLOSED;
  coroutine.body = null;
}

/** @internal A task takes it, so it cannot be lost. One that has already begun fails in the task's first step. */
export function take(coroutine: Frame): void {
  if (coroutine.phase === WATCHED) settleLoss(coroutine);
  if (coroutine.phase === CREATED) coroutine.phase = TAKEN;
}

/** @internal @throws RuntimeError, ValueError if the coroutine has begun before. */
export function mayBegin(coroutine: Frame): void {
  if (coroutine.phase === TAKEN) return;
  if (coroutine.phase !== WATCHED) throw reused(coroutine);
  settleLoss(coroutine);
}

/** @internal What is said of a coroutine that is begun a second time. */
export function reused(it: Frame): Error {
  if (it.phase === CLOSED) {
    return addNote(
      new RuntimeError('cannot reuse already awaited coroutine'),
      `A coroutine runs once. Call the function again for another: ${it.code.name}().`,
    );
  }
  if (isRunning(it)) return new ValueError('coroutine already executing');
  return new RuntimeError('coroutine is being awaited already');
}

/** @internal True while its step, or that of a coroutine it awaits, is on the native stack. */
export function isRunning({ driver, phase }: Frame): boolean {
  if (driver === null || phase !== STARTED) return false;
  return now.driver === driver || includes(outer, driver as Driver);
}

/** Drivers whose step is on the native stack below the present one: where `send` is used inside a task. */
const outer: (Driver | null)[] = [];

/** @internal Does `work` with `driver` as the one that steps. */
export function within<R>(driver: Driver, work: () => R): R {
  const { driver: before, depth } = now;
  push(outer, before);
  now.driver = driver;
  try {
    return work();
  } finally {
    now.driver = before;
    now.depth = depth;
    outer.length--;
  }
}

/** @internal After a termination: nothing is on the native stack any more. */
export function forgetNativeStack(): void {
  now.driver = null;
  now.depth = 0;
  now.deferred = false;
  outer.length = 0;
}
