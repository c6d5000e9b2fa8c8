// Which cell causes what: each execution is an owner. The loop's tasks carry it themselves; for everything else Node's
// asynchronous context carries the owner's mark, which an interrupt replaces by a new one.

import { Carried } from '#host/carried';
import type { ExecutionId } from '../../events.ts';

/** One execution of a cell, as the cause of output and of whatever it started. */
export interface Owner {
  readonly execution: ExecutionId;
  /** `Cell [3]`. */
  readonly name: string;
  /** The client's id of the cell; '' where it says none. */
  readonly cell: string;
  /** What its code carries from now on. */
  mark: Mark;
}

/** What code of an owner carries with it: whether it was started before an interrupt of that owner. */
export interface Mark {
  readonly owner: Owner;
  /** Its plain async functions end at their next await. */
  interrupted: boolean;
}

/** Makes the owner of one execution. */
export function createOwner(execution: ExecutionId, name: string, cell = ''): Owner {
  const owner = { execution, name, cell } as Owner;
  owner.mark = { owner, interrupted: false };
  return owner;
}

const carried = new Carried<Mark>();
/**
 * The owner of the cell that began last; it stands in where the asynchronous context was lost. Before the first cell:
 * nobody.
 */
let latest = createOwner(0, '');

/** The owner of the code that runs now. */
export function currentOwner(): Owner {
  return carried.get()?.owner ?? latest;
}

/** Whether the code that runs now was started before its cell was interrupted. */
export function isInterrupted(): boolean {
  return carried.get()?.interrupted ?? false;
}

/** Interrupts what the owner has started so far. What it starts from now on, its clean-up, is not affected. */
export function interruptOwner(owner: Owner): void {
  owner.mark.interrupted = true;
  owner.mark = { owner, interrupted: false };
}

/** The cell that began last. */
export function latestOwner(): Owner {
  return latest;
}

/** Whether it is known for certain which cell caused the code that runs now. */
export function hasOwner(): boolean {
  return carried.get() !== undefined;
}

/** From here on, and in everything started from here, `owner` is the cause. */
export function enterOwner(owner: Owner): void {
  carried.enter(owner.mark);
}

/** Runs `call` as caused by `owner`. */
export function asOwner<T>(owner: Owner, call: () => T): T {
  return carried.run(owner.mark, call);
}

/** The call as one that, whenever it is called, is caused by what causes the code that runs now. */
export function carrying<Call extends (...given: never[]) => unknown>(call: Call): Call {
  return carried.bind(call);
}

/** The owner of each cell's last execution, where the client says which cell it is. */
const lastOf = new Map<string, Owner>();

/** A cell begins: whatever has no other owner belongs to it. Its output of before is gone, and that of deleted cells. */
export function beginOwner(owner: Owner, deleted: readonly string[] = []): void {
  latest = owner;
  for (const cell of deleted) lastOf.delete(cell);
  if (owner.cell !== '') lastOf.set(owner.cell, owner);
}

/** Whether the output of that execution is gone from the notebook, as far as is known: the cell ran again, or was deleted. */
export function isReplaced(owner: Owner): boolean {
  return owner.cell !== '' && lastOf.get(owner.cell) !== owner;
}
