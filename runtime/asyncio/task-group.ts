// taskGroup: a block whose tasks are all done when it ends; if one fails, the others are cancelled.

import type { Coroutine } from './engine/coroutine.ts';
import { currentTask, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import { type Future, phases } from './engine/future.ts';
import { type BlockBody, blockBody, entered, internal, internalCode } from './engine/internal.ts';
import { Joint } from './engine/joint.ts';
import type { Loop } from './engine/loop.ts';
import { isCoroutine } from './engine/predicates.ts';
import { push, SafeMap, SafeSet } from './engine/primordials.ts';
import { onAbort } from './engine/signal.ts';
import type { Task } from './engine/task.ts';
import type { Joins, TaskOptions } from './engine/task-options.ts';
import { askedBy } from './engine/tracing.ts';
import { DoneCallback, named } from './engine/waiters.ts';
import { ExceptionGroup } from './exception-group.ts';

const GROUP = internalCode('TaskGroup');

/** What the body of a `taskGroup` is given (Python: `asyncio.TaskGroup`). */
export class TaskGroup {
  private loop: Loop | null = null;
  private parent: Task<unknown> | null = null;
  private parentCancelRequested = false;
  private exiting = false;
  private aborting = false;
  /** The task whose failure aborted it. */
  private aborter: object | null = null;
  private baseError: { readonly error: unknown } | null = null;
  private completed: Future<unknown> | null = null;
  private readonly tasks = new SafeSet<Task<unknown>>();
  /** By the task that failed, so that one that is dealt with twice counts once. */
  private readonly errors = new SafeMap<object, Error>();
  /** The tasks that the group has asked to end, the parent among them. */
  private readonly asked = new SafeSet<object>();
  private forget: () => void = () => {};
  private readonly taskDone = named('TaskGroup._on_task_done', (task: Task<unknown>): void => this.onTaskDone(task));
  private readonly joins: Joins = {
    members: this.tasks,
    callback: (task) => new DoneCallback(task, this.taskDone, undefined, () => this.completed ?? this.parent),
  };

  /** Starts a task that the block waits for. */
  createTask<T>(coroutine: Coroutine<T>, options: TaskOptions = {}): Task<T> {
    if (this.loop === null) throw this.refused(coroutine, 'has not been entered');
    if (this.exiting && this.tasks.size === 0) throw this.refused(coroutine, 'is finished');
    if (this.aborting) throw this.refused(coroutine, 'is shutting down');
    const task = this.loop.createTask(coroutine, { ...options, joins: this.joins });
    // A task factory may have kept the options to itself.
    if (!task.done() && !this.tasks.has(task)) {
      this.tasks.add(task);
      task.whenDone(this.taskDone, () => this.completed ?? this.parent);
    }
    return task;
  }

  /** A coroutine that it does not take is closed, so that nobody is warned of an unawaited one (3.13). */
  private refused(coroutine: Coroutine<unknown>, why: string): Error {
    if (isCoroutine(coroutine)) coroutine.close();
    return new RuntimeError(`TaskGroup ${this} ${why}`);
  }

  /** @internal */
  enter(signal: AbortSignal | undefined): void {
    this.loop = getRunningLoop();
    this.parent = currentTask(this.loop);
    if (this.parent === null) throw new RuntimeError(`TaskGroup ${this} cannot determine the parent task`);
    this.forget = onAbort(this.loop, signal, (error) => {
      this.baseError ??= { error };
      this.abort();
      // At its end the block only waits for its tasks, and these are cancelled now.
      if (!this.exiting) this.cancelParent();
    });
  }

  /** @internal Waits for the tasks; throws what the block is to throw. `failure` is what its body threw. */
  *exit(failure: { readonly error: unknown } | null): Generator<unknown, void, unknown> {
    this.exiting = true;
    if (failure !== null && isBaseError(failure.error)) this.baseError ??= failure;
    let cancellation = failure !== null && failure.error instanceof CancelledError ? failure.error : null;
    if (failure !== null && !this.aborting) this.abort();
    while (this.tasks.size > 0) {
      this.completed ??= new Joint(this.loop as Loop, `task group of ${this.tasks.size}`, this.tasks);
      try {
        yield* this.completed;
      } catch (error) {
        const first = !this.aborting;
        if (first) this.abort();
        // An interrupt does not wait: the tasks are cancelled and end by themselves.
        if (!(error instanceof CancelledError)) throw error;
        if (first) cancellation = error;
      }
      this.completed = null;
    }
    this.forget();
    if (this.parentCancelRequested && this.parent?.uncancel() === 0) cancellation = null;
    this.raise(failure, cancellation);
  }

  private raise(failure: { readonly error: unknown } | null, cancellation: Error | null): void {
    if (this.baseError !== null) throw this.baseError.error;
    if (cancellation !== null && this.errors.size === 0) throw cancellation;
    const errors: Error[] = [];
    this.errors.forEach((one) => {
      push(errors, error(one));
    });
    if (failure !== null && !(failure.error instanceof CancelledError)) push(errors, error(failure.error));
    if (errors.length === 0) return;
    this.cancelAgain();
    throw new ExceptionGroup('unhandled errors in a TaskGroup', errors);
  }

  /** The parent was cancelled from outside, which the errors take precedence over: it gets that at its next await (3.13). */
  private cancelAgain(): void {
    const { parent } = this;
    if (parent === null || parent.cancelling() === 0) return;
    parent.uncancel();
    askedBy('TaskGroup', () => parent.cancel());
  }

  /** @internal */
  abort(): void {
    this.aborting = true;
    askedBy('TaskGroup', () => {
      for (const task of this.tasks) task.cancelFor(this.asked);
    });
  }

  private cancelParent(): void {
    this.parentCancelRequested = true;
    askedBy('TaskGroup', () => this.parent?.cancelFor(this.asked));
  }

  private onTaskDone(task: Task<unknown>): void {
    this.tasks.delete(task);
    if (this.completed !== null && this.tasks.size === 0 && !this.completed.done()) this.completed.setResult(true);
    if (task.phase !== phases.EXCEPTION) return;
    const failed = task.failure() as Error;
    this.errors.set(task, failed);
    if (isBaseError(failed)) this.baseError ??= { error: failed };
    if (this.parent?.done() === true) {
      const message = `Task ${task} has errored out but its parent task ${this.parent} is already completed`;
      this.loop?.callExceptionHandler({ message, exception: failed, task, owner: task.owner });
      return;
    }
    // Asked before, but perhaps not all of them: this may be done again after a termination.
    if ((this.aborting || this.parentCancelRequested) && this.aborter !== task) return;
    this.aborter = task;
    this.abort();
    this.cancelParent();
  }

  toString(): string {
    const parts = [
      this.tasks.size > 0 ? `tasks=${this.tasks.size}` : '',
      this.errors.size > 0 ? `errors=${this.errors.size}` : '',
      this.aborting ? 'cancelling' : this.loop !== null ? 'entered' : '',
    ];
    return `<TaskGroup${parts.map((part) => (part === '' ? '' : ` ${part}`)).join('')}>`;
  }
}

/** What ends a program rather than a task; known by name, because the host makes it. */
function isBaseError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'KeyboardInterrupt' || error.name === 'SystemExit');
}

/** What was thrown as an Error: a group can hold nothing else. */
function error(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

/** How a {@link taskGroup} may be ended from outside. */
export interface TaskGroupOptions {
  /** Cancels the tasks and the block when it aborts; the block then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a block and waits for every task it created with `tg.createTask`. Where one fails the others are cancelled, and
 * an ExceptionGroup is thrown. Gives the body's value. Python: `async with asyncio.TaskGroup() as tg`.
 */
export function taskGroup<T>(body: BlockBody<[tg: TaskGroup], T>, options: TaskGroupOptions = {}): Coroutine<T> {
  return internal(groupBody(body, options), GROUP);
}

function* groupBody<T>(body: BlockBody<[tg: TaskGroup], T>, options: TaskGroupOptions): Generator<unknown, T, unknown> {
  const group = new TaskGroup();
  const inner = blockBody(body, [group], 'taskGroup');
  entered(inner, () => group.enter(options.signal));
  let value: T | undefined;
  let failure: { readonly error: unknown } | null = null;
  let through = false;
  try {
    value = yield* inner;
    through = true;
  } catch (error) {
    failure = { error };
    through = true;
  } finally {
    // The block was closed from outside: nothing can be awaited any more.
    if (!through) group.abort();
  }
  yield* group.exit(failure);
  return value as T;
}
