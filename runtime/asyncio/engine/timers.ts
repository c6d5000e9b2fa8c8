// The timer heap: the earliest is on top; equal times keep the order in which they were set.

import { apply, filtered, itemsOf, max, SafeSet, sort } from './primordials.ts';

/** What can be due. */
export interface Timed {
  due: number;
  order: number;
  /** Cancelled or done: dropped when it comes to the top. */
  readonly over: boolean;
}

/** A binary heap that drops cancelled timers once they are the greater part of it. */
export class Timers<T extends Timed> {
  private heap: T[] = [];
  private adding: T | null = null;
  private orders = 0;
  private dropped = 0;

  get size(): number {
    return this.heap.length;
  }

  add(timer: T): void {
    timer.order = ++this.orders;
    // Kept until it is in its place, so that rebuild() finds it after a termination.
    this.adding = timer;
    const heap = this.heap;
    let at = heap.length;
    heap[at] = timer;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up] as T;
      if (!before(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
    this.adding = null;
  }

  /** The first one that is not cancelled. */
  first(): T | undefined {
    for (;;) {
      const top = this.heap[0];
      if (top === undefined || !top.over) return top;
      this.dropped = max(0, this.dropped - 1);
      this.take();
    }
  }

  /** Removes the first. */
  take(): T {
    const heap = this.heap;
    const top = heap[0] as T;
    const last = heap[heap.length - 1] as T;
    // One stretch without a call: it is out of the heap, and rebuild() will find it.
    heap.length--;
    this.adding = last;
    if (heap.length > 0) this.sink(last);
    this.adding = null;
    return top;
  }

  /** One more was cancelled. As in asyncio, they are dropped when there are over 100 and they are half of all. */
  cancelled(): void {
    this.dropped++;
    if (this.dropped > 100 && this.dropped * 2 > this.heap.length) this.rebuild();
  }

  /** Makes it a heap again, whatever state it was left in. */
  rebuild(): void {
    const all = new SafeSet<T>();
    for (let at = 0; at < this.heap.length; at++) all.add(this.heap[at] as T);
    if (this.adding !== null) all.add(this.adding);
    const live = filtered(itemsOf(all), (timer) => !timer.over);
    // A sorted array is a heap.
    apply(sort, live, [(a: T, b: T) => (before(a, b) ? -1 : 1)]);
    this.heap = live;
    this.adding = null;
    this.dropped = 0;
  }

  private sink(timer: T): void {
    const heap = this.heap;
    const size = heap.length;
    // A termination must not lose what is being moved.
    this.adding = timer;
    let at = 0;
    for (let down = 1; down < size; down = 2 * at + 1) {
      if (down + 1 < size && before(heap[down + 1] as T, heap[down] as T)) down++;
      const child = heap[down] as T;
      if (!before(child, timer)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = timer;
    this.adding = null;
  }
}

function before(a: Timed, b: Timed): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
