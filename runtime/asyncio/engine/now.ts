// What runs at this instant: the driver of the executing coroutine, its loop, and its context.
// Only the engine's own files write here.

import type { Coroutine } from './coroutine.ts';
import type { Loop } from './loop.ts';
import type { Task } from './task.ts';

/** What an await yields when it cannot go on; nothing else ever has this value. */
export const PENDING: unique symbol = Symbol('cokernel.pending');
export type Pending = typeof PENDING;

/** PENDING as people's types see it: an interface, for TypeScript widens a unique symbol that a generator passes on. */
export interface Suspension {
  readonly [PENDING]: never;
}

/** What a suspended driver waits for: a future, or a sleep. */
export interface Wait {
  /** @internal The name of the wait in pictures and call graphs, such as `sleep(0.5)`. */
  waitName(): string;
  /** @internal Asks what is waited for to be cancelled; false where its outcome is there already. */
  cancelWait(message: string | undefined): boolean;
  /** @internal True when the outcome is there, so that the waiting task belongs into the ready queue. */
  settled(): boolean;
}

/** What steps coroutines: a task, or a person's own `send`. Its stack is linked from `top` through `caller`. */
export interface Driver {
  /** @internal The innermost coroutine. */
  top: Coroutine<unknown> | null;
  /** @internal What the suspended driver waits for. */
  waiting: Wait | null;
  /** @internal */
  readonly task: Task<unknown> | null;
}

/** Where context variables have their values. */
export interface Scope {
  /** @internal */
  values: ReadonlyMap<object, unknown> | null;
}

interface Now {
  driver: Driver | null;
  /** Native nesting of coroutines begun by one another. */
  depth: number;
  /** The innermost coroutine was pushed but not begun, for the native stack was deep. */
  deferred: boolean;
  /** The loop whose turn runs. */
  loop: Loop | null;
  /** The loop that native code between turns belongs to: the newest one that is still at work. */
  ambient: Loop | null;
  scope: Scope;
  /** Makes a task for a coroutine that native code awaits; set by runtime/asyncio/run.ts. */
  spawn: ((awaitable: Coroutine<unknown>) => PromiseLike<unknown>) | null;
}

export const now: Now = {
  driver: null,
  depth: 0,
  deferred: false,
  loop: null,
  ambient: null,
  scope: { values: null },
  spawn: null,
};
