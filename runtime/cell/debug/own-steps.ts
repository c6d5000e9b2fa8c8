// Whose turn ends a step: a step over an await goes on where its own task does, or one that awaits this task, and never
// in another task that happens to run the same code.

import { waitersOf } from '../../asyncio/call-graph.ts';
import { isTask } from '../../asyncio/engine/future.ts';
import { now } from '../../asyncio/engine/now.ts';
import { resume } from '../../asyncio/engine/resume.ts';
import { taskOf } from '../../asyncio/engine/running.ts';
import { leave } from '../../asyncio/engine/stack.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { Driver, Frame } from '../../asyncio/engine/types.ts';
import type { OwnSteps } from '../../debuggee.ts';
import { framesOf } from './task-list.ts';

/** Makes what knows the step under way; it is given all tasks that there are. */
export function createOwnSteps(tasks: () => readonly Task<unknown>[]): OwnSteps {
  let frames = new Set<Frame>();
  return {
    engine: { resume, leave },
    begin(out) {
      frames = new Set();
      const { driver } = now;
      const top = driver?.top ?? null;
      for (let frame = out && top !== null ? top.caller : top; frame !== null; frame = frame.caller) frames.add(frame);
      for (const task of awaitersOf(taskOf(driver))) for (const frame of framesOf(task)) frames.add(frame);
    },
    belongs() {
      for (let frame = now.driver?.top ?? null; frame !== null; frame = frame.caller) {
        if (frames.has(frame)) return true;
      }
      return false;
    },
    isOver: () => !tasks().some((task) => framesOf(task).some((frame) => frames.has(frame))),
    resumes: ({ top }: Driver) => top !== null && frames.has(top),
    leaves: (_driver, { caller }: Frame) => caller !== null && frames.has(caller),
  };
}

/** The tasks that await a task, directly or through others. */
function awaitersOf(task: Task<unknown> | null): ReadonlySet<Task<unknown>> {
  const found = new Set<Task<unknown>>();
  if (task === null) return found;
  const left = [task];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    for (const awaiter of waitersOf(one)) {
      if (!isTask(awaiter) || awaiter === task || found.has(awaiter)) continue;
      found.add(awaiter);
      left.push(awaiter);
    }
  }
  return found;
}
