// The first step of a task at once, inside the code that makes it. Python 3.12: eager tasks.

import { now } from './now.ts';
import { push } from './primordials.ts';
import { within } from './stack.ts';
import type { Driver, Wait } from './types.ts';

/** A loop as an eager task sees it. */
interface Eager<Current> {
  current: Current | null;
  wait: Wait | null;
  readonly owner: unknown;
  readonly eager: object[];
  readonly stranded: unknown[];
  changeOwner(owner: unknown): void;
}

/** @internal Runs the first step of a task in the middle of whatever runs, which then goes on as it was. */
export function startNow<Current, L extends Eager<Current>>(task: Driver & { run(loop: L): void }, loop: L): void {
  const { current, wait, owner, eager } = loop;
  const { scope } = now;
  const before = eager.length;
  // On record, so that recover() finds the task if V8 ends its step.
  push(eager, task);
  try {
    within(task, () => task.run(loop));
  } catch (error) {
    // A program's errors stay in its task: the stack was full, and no call would succeed here either.
    const { stranded } = loop;
    stranded[stranded.length] = task;
    stranded[stranded.length] = error;
    throw error;
  } finally {
    eager.length = before;
    loop.current = current;
    loop.wait = wait;
    now.scope = scope;
    if (loop.owner !== owner) loop.changeOwner(owner);
  }
}
