// Which cell causes what: each execution is an owner. The loop's tasks carry it themselves; for everything else Node's
// asynchronous context does.

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
/** The owner before the first cell, and where an asynchronous context was lost. */
let latest: Owner = { execution: 0, name: '', interrupted: false };

/** The owner of the code that runs now. */
export function currentOwner(): Owner {
  return storage.getStore() ?? latest;
}

/** The cell that began last. */
export function latestOwner(): Owner {
  return latest;
}

/** Whether it is known for certain which cell caused the code that runs now. */
export function hasOwner(): boolean {
  return storage.getStore() !== undefined;
}

/** From here on, and in everything started from here, `owner` is the cause. */
export function enterOwner(owner: Owner): void {
  storage.enterWith(owner);
}

/** Runs `call` as caused by `owner`. */
export function asOwner<T>(owner: Owner, call: () => T): T {
  return storage.run(owner, call);
}

/** A cell begins: whatever has no other owner belongs to it. */
export function beginOwner(owner: Owner): void {
  latest = owner;
}
