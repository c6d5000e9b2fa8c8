// Resuming a suspended stack: from the innermost coroutine outward, without recursion, so that it costs the same at any
// depth. How a coroutine begins is in coroutine.ts.

import { begin } from './begin.ts';
import { addNote, RuntimeError } from './errors.ts';
import { now, PENDING } from './now.ts';
import { nextOf, throwInto } from './primordials.ts';
import { leave } from './stack.ts';
import { passed } from './trail.ts';
import type { Body, Driver, Frame } from './types.ts';

/**
 * Resumes the innermost coroutine of `driver` and goes on outward as coroutines finish. Returns PENDING, or the
 * outermost value; throws what the outermost threw. `until` is the caller of the outermost coroutine to finish here.
 */
export function resume(driver: Driver, sent: unknown, isThrow: boolean, until: Frame | null): unknown {
  let value = sent;
  let thrown = isThrow;
  let frame = driver.top;
  while (frame !== until && frame !== null) {
    let step: IteratorResult<unknown, unknown>;
    try {
      const body = frame.body as Body<unknown>;
      if (thrown) {
        thrown = false;
        step = throwInto(body, value);
      } else step = nextOf(body, value);
    } catch (error) {
      leave(driver, frame, true);
      passed(error, frame);
      value = frame.thrown(error);
      thrown = true;
      frame = driver.top;
      continue;
    }
    if (step.done === true) {
      leave(driver, frame);
      value = frame.finished(step);
      if (typeof value === 'object' && frame.code.adopts === true && !frame.producing) {
        try {
          value = begin(value);
        } catch (error) {
          value = error;
          thrown = true;
        }
        if (value === PENDING) {
          if (!now.deferred) return PENDING;
          now.deferred = false;
          value = undefined;
        }
      }
    } else if (step.value === PENDING) {
      if (!now.deferred) return PENDING;
      now.deferred = false;
      value = undefined;
    } else if (frame.producing) {
      leave(driver, frame);
      value = frame.finished(step);
    } else {
      value = badYield(step.value);
      thrown = true;
    }
    frame = driver.top;
  }
  if (thrown) throw value;
  return value;
}

/** @internal Resumes the innermost coroutine by throwing, on the native stack of the awaiter, which is in the middle of its own step. */
export function resumeNatively(driver: Driver, frame: Frame, error: unknown): unknown {
  return resume(driver, error, true, frame.caller);
}

/** Begins what the depth limit put off. */
export function resumeDeferred(driver: Driver): unknown {
  now.deferred = false;
  return resume(driver, undefined, false, null);
}

/** @internal */
export function badYield(value: unknown): Error {
  return addNote(
    new RuntimeError(`Task got bad yield: ${String(value)}`),
    'In a generator-form coroutine write `yield* awaitable`, not `yield value`.',
  );
}
