// Stepping a coroutine by hand: Python's `coroutine.send`, `throw` and `close`. Tasks do not come here.

import { CLOSED, STARTED } from './coroutine-phase.ts';
import { RuntimeError, ValueError } from './errors.ts';
import { now, PENDING } from './now.ts';
import { resume, resumeDeferred } from './resume.ts';
import { discard, isRunning, leave, reused, within } from './stack.ts';
import type { Body, Driver, Frame } from './types.ts';
import { settleLoss } from './unawaited.ts';

/** The stack of a coroutine that somebody steps by hand. */
class ByHand implements Driver {
  top: Frame | null = null;
  waiting: Driver['waiting'] = null;
  readonly task = null;
}

/** @internal One step, by sending a value in or by throwing. */
export function stepByHand(it: Frame, value: unknown, isThrow: boolean): IteratorResult<unknown, unknown> {
  settleLoss(it);
  if (it.phase === CLOSED) throw reused(it);
  if (it.phase === STARTED && isRunning(it)) throw new ValueError('coroutine already executing');
  if (it.phase !== STARTED && !isThrow && value !== undefined && value !== null) {
    throw new TypeError("can't send non-None value to a just-started coroutine");
  }
  if (it.phase !== STARTED && isThrow) {
    discard(it);
    throw value;
  }
  const driver = (it.driver as Driver | null) ?? new ByHand();
  if (it.phase === STARTED && !(driver instanceof ByHand)) {
    throw new RuntimeError('coroutine is being awaited already');
  }
  const outcome = within(driver, () => {
    if (it.phase === STARTED) return resume(driver, ...outcomeFor(driver, value, isThrow), null);
    const first = it.begin(driver);
    if (first === PENDING && now.deferred) return resumeDeferred(driver);
    return first;
  });
  if (outcome === PENDING) return { done: false, value: driver.waiting ?? undefined };
  return { done: true, value: outcome };
}

/** @internal Ends it and what it awaits where they are suspended. */
export function closeByHand(coroutine: Frame): void {
  if (isRunning(coroutine)) throw new ValueError('coroutine already executing');
  const driver = coroutine.driver as Driver;
  // Innermost first, as `close` of a chain of awaits does.
  within(driver, () => {
    for (;;) {
      const frame = driver.top;
      if (frame === null) return;
      const step = (frame.body as Body<unknown>).return(undefined);
      if (step.done !== true) throw new RuntimeError('coroutine ignored GeneratorExit');
      leave(driver, frame);
      if (frame === coroutine) return;
    }
  });
}

function outcomeFor(driver: Driver, value: unknown, isThrow: boolean): [unknown, boolean] {
  const waited = driver.waiting as { outcomeNow?(): unknown } | null;
  driver.waiting = null;
  if (isThrow || waited === null || waited.outcomeNow === undefined) return [value, isThrow];
  try {
    return [waited.outcomeNow(), false];
  } catch (error) {
    return [error, true];
  }
}
