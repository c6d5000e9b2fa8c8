// Tasks whose first step runs at once, inside the code that makes them. Python 3.12: eager tasks.

import type { Coroutine } from './coroutine.ts';
import type { Loop } from './loop.ts';
import { now } from './now.ts';
import { pop, push } from './primordials.ts';
import { within } from './stack.ts';
import type { Task } from './task.ts';
import type { TaskFactory, TaskOptions } from './task-options.ts';
import { traceRunning } from './tracing.ts';

/** @internal Runs the first step of a task in the middle of whatever runs, which then goes on as it was. */
export function startNow(task: Task<unknown>): void {
  const { loop } = task;
  const { current, wait, owner } = loop;
  const { scope } = now;
  // On record, so that recover() finds the task if V8 ends its step.
  push(loop.eager, task);
  try {
    within(task, () => task.run(loop));
  } finally {
    pop(loop.eager);
    loop.current = current;
    loop.wait = wait;
    now.scope = scope;
    if (loop.owner !== owner) loop.changeOwner(owner);
    if (current !== null && loop.trace !== undefined) traceRunning(loop, current);
  }
}

/** For {@link Loop.setTaskFactory}: each task's first step runs at once (Python 3.12: `asyncio.eager_task_factory`). */
export const eagerTaskFactory: TaskFactory = createEagerTaskFactory(
  (coroutine, options) => options.loop?.makeTask(coroutine, options) as Task<never>,
);

/**
 * A task factory as {@link eagerTaskFactory}, with tasks that `make` makes of a coroutine and its options
 * (Python 3.12: `asyncio.create_eager_task_factory`).
 */
export function createEagerTaskFactory(
  make: <T>(coroutine: Coroutine<T>, options: TaskOptions) => Task<T>,
): TaskFactory {
  return <T>(loop: Loop, coroutine: Coroutine<T>, options: TaskOptions): Task<T> =>
    make(coroutine, { ...options, loop, eagerStart: options.eagerStart ?? true });
}
