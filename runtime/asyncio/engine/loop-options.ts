// How a loop is made, what it tells its host, and what it holds; types only.

import type { Future } from './future.ts';
import type { Handle } from './handle.ts';
import type { Loop } from './loop.ts';
import type { Run } from './run-group.ts';
import type { Sleep } from './sleep.ts';
import type { Task } from './task.ts';
import type { MicrotaskWatch } from './turns.ts';
import type { ChildDone, DoneCallback } from './waiters.ts';

/** What an exception handler is called with (Python: the context dict of `call_exception_handler`). */
export interface ExceptionContext {
  /** What happened, in Python's words. */
  readonly message: string;
  /** What was thrown. */
  readonly exception?: unknown;
  /** The future whose error nobody looked at. */
  readonly future?: Future<unknown>;
  /** The task that this is about. */
  readonly task?: Task<unknown>;
  /** The callback that threw or was interrupted. */
  readonly handle?: object;
  /** Who caused it, for the host. */
  readonly owner?: unknown;
}

/** What `setExceptionHandler` takes: called with every error that nobody else saw. */
export type ExceptionHandler = (loop: Loop, context: ExceptionContext) => void;

/** How a loop is made. All of it is for hosts; programs get their loops from `run`. */
export interface LoopOptions {
  /** 'virtual' jumps to the next timer when nothing is ready; default 'real', or COKERNEL_CLOCK. */
  readonly clock?: 'real' | 'virtual' | undefined;
  /** Starts in debug mode (Python: `PYTHONASYNCIODEBUG`). */
  readonly debug?: boolean | undefined;
  /** A notebook's loop: `run` works on it instead of refusing. */
  readonly shared?: boolean | undefined;
  /** The entry through which each turn runs user code; it must call `turn` once, at once. */
  readonly enter?: ((turn: () => void) => void) | undefined;
  /** Called when a step belongs to another owner than the step before it. */
  readonly onOwner?: ((owner: unknown) => void) | undefined;
  /** The owner of what native code creates between turns. */
  readonly outerOwner?: (() => unknown) | undefined;
  /** Signals that programs may not handle, each with the sentence that says why. */
  readonly ownSignals?: Readonly<Record<string, string>> | undefined;
  /** @internal Lets awaits of plain values go on within a turn while no microtasks wait. */
  readonly microtasks?: MicrotaskWatch | undefined;
  /** Takes errors if no exception handler is set; default: stderr. */
  readonly onException?: ((context: ExceptionContext) => void) | undefined;
  /** Node's timers failed, because a program broke what they use: there will be no further turn. It is thrown by default. */
  readonly onPlanFailure?: ((error: unknown) => void) | undefined;
}

/** A wait for native code. */
export interface Foreign {
  renew(): void;
  done(): boolean;
}

/** What the host keeps open for a program, and what would keep the process alive: a server, a connection, a process. */
export interface Held {
  /** The `run` that it ends with. */
  readonly group: Run | null;
  letGo(): void;
}

/** What the ready queue holds. */
export type Runnable = Task<unknown> | DoneCallback | ChildDone | Handle | Sleep;
