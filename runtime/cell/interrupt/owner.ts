// Which cell causes what: each execution is an owner, carried by the tasks of the loop themselves and by Node's
// asynchronous context for everything else.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecutionId } from '../../events.ts';

/** One execution of a cell, as the cause of output and of whatever it started. */
export interface Owner {
  readonly execution: ExecutionId;
  /** `Cell [3]`. */
  readonly name: string;
  /** It was interrupted: its plain async functions end at their next await. */
  interrupted: boolean;
}

const storage = new AsyncLocalStorage<Owner>();
/** Before the first cell, and where an asynchronous context was lost. */
let latest: Owner = { execution: 0, name: '', interrupted: false };

/** The owner of the code that runs now. */
export function currentOwner(): Owner {
  return storage.getStore() ?? latest;
}

/** The cell that began last. */
export function latestOwner(): Owner {
  return latest;
}

/** Whether the code that runs now was caused by a cell for certain. */
export function hasOwner(): boolean {
  return storage.getStore() !== undefined;
}

/** From here on, and in all that is started from here, `owner` is the cause. */
export function enterOwner(owner: Owner): void {
  storage.enterWith(owner);
}

/** Runs `call` as caused by `owner`. */
export function asOwner<T>(owner: Owner, call: () => T): T {
  return storage.run(owner, call);
}

/** A cell begins: what has no other owner is its. */
export function beginOwner(owner: Owner): void {
  latest = owner;
}
