// PriorityQueue: a queue whose least item comes first.

import { type Compare, heapAdded, heapify, heapSinkFirst, less } from './engine/heapq.ts';
import { pop, push } from './engine/primordials.ts';
import type { Named } from './lock.ts';
import { Queue } from './queue.ts';

/** The least item first (Python: `asyncio.PriorityQueue`). Tuples are arrays; `less` orders other objects. */
export class PriorityQueue<T> extends Queue<T> {
  private heap: T[] = [];
  /** The heap is being put in order. If it is still so later, V8 terminated that: no item is missing, but the order is wrong. */
  private disordered = false;
  private readonly less: Compare<T>;

  constructor(maxsize = 0, options: Named & { readonly less?: Compare<T> | undefined } = {}) {
    super(maxsize, options);
    this.less = options.less ?? less;
  }

  protected override takeItem(): T {
    this.restore();
    this.disordered = true;
    try {
      heapSinkFirst(this.heap, this.less);
    } catch (error) {
      this.disordered = false;
      // As in CPython, an item that cannot be compared is gone.
      pop(this.heap);
      throw error;
    }
    // One stretch without a call: it is gone from the heap, and what is left is in order.
    const item = this.heap[this.heap.length - 1] as T;
    this.heap.length--;
    this.disordered = false;
    return item;
  }

  protected override addItem(item: T): void {
    this.restore();
    this.disordered = true;
    push(this.heap, item);
  }

  protected override arrange(): void {
    try {
      heapAdded(this.heap, this.less);
    } finally {
      this.disordered = false;
    }
  }

  protected override dropItems(): void {
    this.heap = [];
    this.disordered = false;
  }

  private restore(): void {
    if (!this.disordered) return;
    heapify(this.heap, this.less);
    this.disordered = false;
  }

  protected override contents(): readonly T[] {
    return this.heap;
  }

  override qsize(): number {
    return this.heap.length;
  }
}
