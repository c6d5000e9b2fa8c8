// The first step of a task at once, inside the code that makes it. Python 3.12: eager tasks.

import { now } from './now.ts';
import { pop, push } from './primordials.ts';
import { within } from './stack.ts';
import type { Driver, Wait } from './types.ts';

/** A loop as an eager task sees it. */
interface Eager<Current> {
  current: Current | null;
  wait: Wait | null;
  readonly owner: unknown;
  readonly eager: object[];
  changeOwner(owner: unknown): void;
}

/** @internal Runs the first step of a task in the middle of whatever runs, which then goes on as it was. */
export function startNow<Current, L extends Eager<Current>>(task: Driver & { run(loop: L): void }, loop: L): void {
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
  }
}
