// Task factories whose tasks take their first step at once. How a task does that is in engine/eager.ts.

import type { Coroutine } from './engine/coroutine.ts';
import type { Loop } from './engine/loop.ts';
import { Task } from './engine/task.ts';
import type { TaskFactory, TaskOptions } from './engine/task-options.ts';

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

const makeEager = createEagerTaskFactory((coroutine, options) => new Task(coroutine, options));

/** For {@link Loop.setTaskFactory}: each task's first step runs at once (Python 3.12: `asyncio.eager_task_factory`). */
export const eagerTaskFactory: TaskFactory = (loop, coroutine, options) => makeEager(loop, coroutine, options);
