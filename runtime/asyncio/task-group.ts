// taskGroup: a block whose tasks are all done when it ends; if one fails, the others are cancelled.

import type { Coroutine } from './engine/coroutine.ts';
import { currentTask, getRunningLoop } from './engine/create-task.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import { type Future, phases } from './engine/future.ts';
import { type BlockBody, blockBody, entered, internal, internalCode } from './engine/internal.ts';
import { Joint } from './engine/joint.ts';
import type { Loop } from './engine/loop.ts';
import { onAbort } from './engine/signal.ts';
import { standsFor } from './engine/stand-in.ts';
import type { Task, TaskOptions } from './engine/task.ts';
import { askedBy } from './engine/tracing.ts';
import { ExceptionGroup } from './exception-group.ts';

const GROUP = internalCode('TaskGroup');

/** What the body of a `taskGroup` is given (Python: `asyncio.TaskGroup`). */
export class TaskGroup {
  private loop: Loop | null = null;
  private parent: Task<unknown> | null = null;
  private parentCancelRequested = false;
  private exiting = false;
  private aborting = false;
  private baseError: { readonly error: unknown } | null = null;
  private completed: Future<unknown> | null = null;
  private readonly tasks = new Set<Task<unknown>>();
  private readonly errors: Error[] = [];
  private forget: () => void = () => {};
  private readonly taskDone = (task: Task<unknown>): void => this.onTaskDone(task);

  /** Starts a task that the block waits for. */
  createTask<T>(coroutine: Coroutine<T>, options: TaskOptions = {}): Task<T> {
    if (this.loop === null) throw new RuntimeError(`TaskGroup ${this} has not been entered`);
    if (this.exiting && this.tasks.size === 0) throw new RuntimeError(`TaskGroup ${this} is finished`);
    if (this.aborting) throw new RuntimeError(`TaskGroup ${this} is shutting down`);
    const task = this.loop.createTask(coroutine, options);
    task.addDoneCallback(this.taskDone as (task: Task<T>) => void);
    this.tasks.add(task);
    return task;
  }

  /** @internal */
  enter(signal: AbortSignal | undefined): void {
    this.loop = getRunningLoop();
    this.parent = currentTask(this.loop);
    if (this.parent === null) throw new RuntimeError(`TaskGroup ${this} cannot determine the parent task`);
    const { parent } = this;
    standsFor(this.taskDone, () => this.completed ?? parent);
    this.forget = onAbort(this.loop, signal, (error) => {
      this.baseError ??= { error };
      if (!this.aborting) this.abort();
      // At its end the block only waits for its tasks, and these are cancelled now.
      if (!this.exiting) this.cancelParent();
    });
  }

  /** @internal Waits for the tasks; throws what the block is to throw. `failure` is what its body threw. */
  *exit(failure: { readonly error: unknown } | null): Generator<unknown, void, unknown> {
    this.exiting = true;
    if (failure !== null && isBaseError(failure.error)) this.baseError ??= failure;
    let cancellation = failure !== null && failure.error instanceof CancelledError ? failure.error : null;
    if (this.parentCancelRequested && this.parent?.uncancel() === 0) cancellation = null;
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
    this.raise(failure, cancellation);
  }

  private raise(failure: { readonly error: unknown } | null, cancellation: Error | null): void {
    if (this.baseError !== null) throw this.baseError.error;
    if (cancellation !== null && this.errors.length === 0) throw cancellation;
    if (failure !== null && !(failure.error instanceof CancelledError)) this.errors.push(failure.error as Error);
    if (this.errors.length > 0) throw new ExceptionGroup('unhandled errors in a TaskGroup', this.errors.map(error));
  }

  /** @internal */
  abort(): void {
    this.aborting = true;
    askedBy('TaskGroup', () => {
      for (const task of this.tasks) if (!task.done()) task.cancel();
    });
  }

  private cancelParent(): void {
    if (this.parentCancelRequested || this.parent === null) return;
    this.parentCancelRequested = true;
    const { parent } = this;
    askedBy('TaskGroup', () => parent.cancel());
  }

  private onTaskDone(task: Task<unknown>): void {
    this.tasks.delete(task);
    if (this.completed !== null && this.tasks.size === 0 && !this.completed.done()) this.completed.setResult(true);
    if (task.phase !== phases.EXCEPTION) return;
    const failed = task.failure() as Error;
    this.errors.push(failed);
    if (isBaseError(failed)) this.baseError ??= { error: failed };
    if (this.parent?.done() === true) {
      const message = `Task ${task} has errored out but its parent task ${this.parent} is already completed`;
      this.loop?.callExceptionHandler({ message, exception: failed, task, owner: task.owner });
      return;
    }
    if (this.aborting || this.parentCancelRequested) return;
    this.abort();
    this.cancelParent();
  }

  toString(): string {
    const parts = [
      this.tasks.size > 0 ? `tasks=${this.tasks.size}` : '',
      this.errors.length > 0 ? `errors=${this.errors.length}` : '',
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
