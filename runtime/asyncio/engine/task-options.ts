// How a task is made, and what few tasks have; types only.

import type { Coroutine } from './coroutine.ts';
import type { Loop } from './loop.ts';
import type { SafeSet } from './primordials.ts';
import type { Run } from './run-group.ts';
import type { Task } from './task.ts';
import type { Scope } from './types.ts';
import type { DoneCallback } from './waiters.ts';

/** How a task is made. */
export interface TaskOptions {
  /** Shown by pictures, messages and `getName()`; else `Task-1`, `Task-2`, …. */
  readonly name?: string | undefined;
  /** The context variables to run with, shared and not copied; else a copy of the current ones. */
  readonly context?: Scope | undefined;
  /** True: its first step runs at once, inside the call that makes it (Python 3.12: `eager_start`). */
  readonly eagerStart?: boolean | undefined;
  /** The loop that runs it, by default the running one. Loops give it to task factories. */
  readonly loop?: Loop | undefined;
  /** @internal For the host: who caused it; by default, whoever runs now. */
  readonly owner?: unknown;
  /** @internal The `run` it belongs to. */
  readonly group?: Run | null;
  /** @internal The task group it belongs to from its first moment on. */
  readonly joins?: Joins | undefined;
}

/** Makes the tasks of a loop: see `Loop.setTaskFactory`. It must hand the options on to the task that it makes. */
export type TaskFactory = <T>(loop: Loop, coroutine: Coroutine<T>, options: TaskOptions) => Task<T>;

/** What a task of a task group joins. */
export interface Joins {
  readonly members: SafeSet<Task<unknown>>;
  /** Makes the callback of its end. */
  callback(task: Task<unknown>): DoneCallback;
}

/** A scope whose cancellation throws at every await until the scope is left: `cancelScope` in scope.ts. */
export interface LevelScope {
  /** @internal The one around it. */
  readonly outer: LevelScope | null;
  /** @internal Whether it is cancelled, by itself or by one around it. */
  effective(): boolean;
  /** @internal After a termination: brings its cancellation to its end, if it was cut short. */
  finish(): void;
}

/** What few tasks need is kept apart, because there may be a million tasks. */
export interface RareState {
  /** How many cancellations were asked for. */
  cancels: number;
  /** One of them is on its way to what the task awaits. */
  asked: boolean;
  /** Thrown at the next step, whatever was awaited. */
  interruption: unknown;
  /** Where `signal()` was asked for. */
  aborter: AbortController | null;
  /** The innermost level-triggered scope. */
  cancelScope: LevelScope | null;
  /** The context that was given to createTask. */
  scope: Scope | null;
  /** It was ended before its code ran to the end, so nobody will give back what it holds. */
  killed: boolean;
}
