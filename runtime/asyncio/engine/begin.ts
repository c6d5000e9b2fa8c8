// The one door from a coroutine's body to the scheduler: `begin` starts whatever is awaited. Coroutines and futures
// say by SUSPEND how they are awaited; promises and the rest go through the adopter, which promise.ts sets.

import { addNote, RuntimeError } from './errors.ts';
import { now } from './now.ts';
import type { Driver } from './types.ts';

/** The method of what can be awaited without an adopter: gives the value, or PENDING. */
export const SUSPEND: unique symbol = Symbol('cokernel.suspend');

interface Hooks {
  /** Awaits what is neither a coroutine nor a future: promises, thenables, plain values. */
  adopt(operand: unknown, driver: Driver): unknown;
  /** The same in a compiled body, where microtasks run once before what is there already. */
  adoptCompiled(operand: unknown, driver: Driver): unknown;
}

/** Set by promise.ts, which knows futures; this file must not. */
export const hooks: Hooks = {
  adopt: (operand) => operand,
  adoptCompiled: (operand) => operand,
};

/** Awaits `operand` for the coroutine that runs now: its value, or PENDING. */
export function begin(operand: unknown): unknown {
  const driver = now.driver;
  if (driver === null) throw outside();
  if (typeof operand === 'object' && operand !== null && SUSPEND in operand) {
    return (operand as { [SUSPEND](driver: Driver): unknown })[SUSPEND](driver);
  }
  return hooks.adopt(operand, driver);
}

/** @internal As {@link begin}, for the await of a compiled body: microtasks run once before what is there already. */
export function beginCompiled(operand: unknown, driver: Driver): unknown {
  if (typeof operand === 'object' && operand !== null && SUSPEND in operand) {
    return (operand as { [SUSPEND](driver: Driver): unknown })[SUSPEND](driver);
  }
  return hooks.adoptCompiled(operand, driver);
}

/** @internal */
export function outside(): Error {
  return addNote(
    new RuntimeError('no running event loop'),
    'An await of a coroutine was reached outside of any task: start it with run(…) or createTask(…).',
  );
}
