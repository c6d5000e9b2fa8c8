// What runs at this instant: the driver of the executing coroutine, and its context. Which loop that is, is in
// running.ts. Only the engine's own files write here.

import type { Driver, Scope } from './types.ts';

/** What an await yields when it cannot go on; nothing else ever has this value. */
export const PENDING: unique symbol = Symbol('cokernel.pending');
export type Pending = typeof PENDING;

/** PENDING as people's types see it: an interface, because TypeScript widens a unique symbol that a generator passes on. */
export interface Suspension {
  readonly [PENDING]: never;
}

interface Now {
  driver: Driver | null;
  /** Native nesting of coroutines begun by one another. */
  depth: number;
  /** The innermost coroutine was pushed but not begun, because the native stack was deep. */
  deferred: boolean;
  scope: Scope;
  /** The stack was full in the middle of the library's own work: repair() sees to what was left half done. */
  struck: boolean;
  /** Makes a task for a coroutine that native code awaits; set by create-task.ts. */
  spawn: ((awaitable: never) => PromiseLike<unknown>) | null;
}

export const now: Now = {
  driver: null,
  depth: 0,
  deferred: false,
  scope: { variables: null },
  struck: false,
  spawn: null,
};
