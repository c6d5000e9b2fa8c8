// The orderly end of a host's loop: tasks that are left are cancelled, get some time, and are then reported.

import { clearTimeout, setTimeout } from '#host/native-timers';
import { tellFailures } from './failures.ts';
import type { Loop } from './loop.ts';
import { SafeSet } from './primordials.ts';
import type { Task } from './task.ts';
import { askedBy } from './tracing.ts';
import { tellLost } from './unawaited.ts';

/**
 * Cancels every task, lets `finally` blocks run for at most `seconds` of real time, reports which tasks were
 * destroyed while pending, which errors nobody looked at and which coroutines nobody awaited, and closes the loop.
 */
export async function shutdown(loop: Loop, seconds: number): Promise<void> {
  if (loop.isClosed()) return;
  loop.hold();
  const left = loop.tasks();
  askedBy('shutdown', () => {
    for (let at = 0; at < left.length; at++) left[at]?.cancel();
  });
  await ended(loop, left, seconds);
  for (let at = 0; at < left.length; at++) tellOutcome(loop, left[at] as Task<unknown>);
  const pending = loop.tasks();
  for (let at = 0; at < pending.length; at++) tellPending(loop, pending[at] as Task<unknown>);
  tellFailures(loop);
  tellLost();
  loop.end();
}

/** Resolves when all are done, or when the time is over. Tasks made meanwhile are cancelled too. */
function ended(loop: Loop, tasks: readonly Task<unknown>[], seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const open = new SafeSet<object>();
    const asked = new SafeSet<object>();
    for (let at = 0; at < tasks.length; at++) open.add(tasks[at] as object);
    const limit = setTimeout(resolve, seconds * 1000);
    const finish = (): void => {
      clearTimeout(limit);
      resolve();
    };
    if (open.size === 0) return finish();
    for (let at = 0; at < tasks.length; at++) {
      const task = tasks[at] as Task<unknown>;
      task.whenDone(() => {
        open.delete(task);
        loop.yieldToNative();
        if (open.size > 0) return;
        askedBy('shutdown', () => {
          const late = loop.tasks();
          for (let one = 0; one < late.length; one++) late[one]?.cancelFor(asked);
        });
        finish();
      });
    }
  });
}

function tellOutcome(loop: Loop, task: Task<unknown>): void {
  if (!task.done() || task.cancelled()) return;
  const exception = task.exception();
  if (exception === null) return;
  loop.callExceptionHandler({ message: 'unhandled exception during shutdown', exception, task, owner: task.owner });
}

function tellPending(loop: Loop, task: Task<unknown>): void {
  loop.callExceptionHandler({ message: 'Task was destroyed but it is pending!', task, owner: task.owner });
}
