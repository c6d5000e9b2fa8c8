// The tasks as a debugger lists them: state, what awaits what, the coroutines that each stands in. It only reads, also in
// the middle of a pause.

import { waitersOf } from '../../asyncio/call-graph.ts';
import { isTask } from '../../asyncio/engine/future.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { now } from '../../asyncio/engine/now.ts';
import { running, taskOf } from '../../asyncio/engine/running.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { Frame } from '../../asyncio/engine/types.ts';
import { NO_TASK, type TaskList } from '../../debuggee.ts';

/** The list, with what the rest of the debuggee asks of it. */
export interface OwnTaskList extends TaskList {
  /** The number of a task, which it keeps. */
  numberOf(task: Task<unknown>): number;
  /** Those of the notebook's loop, and of a `run` within a cell. */
  tasks(): readonly Task<unknown>[];
}

/** `loop` is the notebook's; that of a `run` within a cell is found while it runs. */
export function createTaskList(loop: Loop): OwnTaskList {
  const numbers = new WeakMap<object, number>();
  let last = NO_TASK;
  const numberOf = (task: object): number => {
    const known = numbers.get(task);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(task, last);
    return last;
  };
  const tasks = (): Task<unknown>[] => {
    const other = running.loop ?? running.ambient;
    return other === null || other === loop ? loop.tasks() : [...loop.tasks(), ...other.tasks()];
  };
  return {
    numberOf,
    tasks,
    current: () => {
      const task = currentTask(loop);
      return task === null ? NO_TASK : numberOf(task);
    },
    all: () => {
      const current = currentTask(loop);
      return tasks().map((task) => ({
        number: numberOf(task),
        name: task.getName(),
        state: task === current ? 'running' : stateOf(task),
        current: task === current,
        awaitedBy: waitersOf(task).filter(isTask).map(numberOf),
        frames: framesOf(task).map(({ code, line }) => ({
          name: code.name,
          line: line || code.line || 0,
          internal: code.internal === true,
        })),
      }));
    },
    bodies(number) {
      const task = tasks().find((one) => numberOf(one) === number);
      return task === undefined ? [] : framesOf(task).map(({ body }) => body);
    },
  };
}

function currentTask(loop: Loop): Task<unknown> | null {
  return taskOf(now.driver) ?? running.loop?.current ?? loop.current;
}

function stateOf(task: Task<unknown>): string {
  if (!task.begun) return 'not begun';
  if (task.mustCancel) return 'is being cancelled';
  if (task.scheduled) return 'ready';
  return task.waiting === null ? 'suspended' : `waits for ${task.waiting.waitName()}`;
}

/** Innermost first. */
export function framesOf(task: Task<unknown>): Frame[] {
  if (task.top === null) return task.done() ? [] : [task.coroutine];
  const frames: Frame[] = [];
  for (let frame: Frame | null = task.top; frame !== null; frame = frame.caller) frames.push(frame);
  return frames;
}
