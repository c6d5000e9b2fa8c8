// The tasks of a loop that are not done. Linked through the tasks themselves, because there may be a million of them.

import { push, reverse, type SafeSet } from './primordials.ts';

/** A task, as far as the list is concerned. */
interface Linked<T> {
  previous: T | null;
  next: T | null;
}

export class LiveTasks<T extends Linked<T>> {
  private last: T | null = null;

  /** Adds a task, and makes it a member of its task group. One stretch without a call: it is in both, or in neither. */
  add(task: T, members: SafeSet<T> | null): void {
    members?.add(task);
    const { last } = this;
    task.previous = last;
    if (last !== null) last.next = task;
    this.last = task;
  }

  delete(task: T): void {
    const { previous, next } = task;
    if (next !== null) next.previous = previous;
    else if (this.last === task) this.last = previous;
    if (previous !== null) previous.next = next;
    task.previous = null;
    task.next = null;
  }

  /** Oldest first. */
  all(): T[] {
    const all: T[] = [];
    for (let task = this.last; task !== null; task = task.previous) push(all, task);
    return reverse(all);
  }
}
