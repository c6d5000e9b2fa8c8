// The one door to the methods that a class has for being shown: they may take two seconds, then they are given up. How
// they are ended is the affair of interrupt/limit.ts.

import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import type { Limit } from '../interrupt/limit.ts';

/** How long a value may take to show itself. */
export const PATIENCE_MS = 2_000;

let limit: Limit = (call) => {
  call();
  return 'whole';
};

/** Sets what ends such methods. */
export function limitOwnCode(by: Limit): void {
  limit = by;
}

/** What is thrown instead of the result of a method that was given up. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

export function givenUp(): GivenUp {
  return new GivenUp(`showing the value took longer than ${PATIENCE_MS / 1000} s, and was given up`);
}

let running = false;
let refused = false;

/** Runs what may call such methods of a value that was given up: none is called again. */
export function withoutOwnCode<T>(call: () => T): T {
  refused = true;
  try {
    return call();
  } finally {
    refused = false;
  }
}

/** Whether such methods are not to be called now. */
export function isRefused(): boolean {
  return refused;
}

/**
 * Runs a method of a value's own, and returns what it returns. One within another is of the same two seconds.
 *
 * @throws {GivenUp} after two seconds, and whatever the method throws
 */
export function ownCode<T>(call: () => T): T {
  if (running) return call();
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  running = true;
  const ended = limit(() => {
    try {
      outcome = { value: call() };
    } catch (error) {
      outcome = { error };
    }
  }, PATIENCE_MS);
  running = false;
  if (ended === 'over') throw givenUp();
  if (!outcome) throw new KeyboardInterrupt('while a value was being shown');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/**
 * Runs what a debugger asked for. The watcher cannot enter an evaluation of its own, and V8 ends it in time; `endShowing`
 * must follow, because then nothing of this function runs.
 */
export function showForDebugger<T>(call: () => T): T {
  running = true;
  try {
    return call();
  } finally {
    running = false;
  }
}

/** The debugger's evaluation is over, whatever became of it. */
export function endShowing(): void {
  running = false;
}

const patient = new WeakSet<object>();

/** Marks an object of the kernel's own, which runs the methods of several values and has an eye on the time itself. */
export function keepsTime<Of extends object>(value: Of): Of {
  patient.add(value);
  return value;
}

/** What an object's display method returns, in time. */
export function displayed<T>(value: object, call: () => T): T {
  return patient.has(value) ? call() : ownCode(call);
}
