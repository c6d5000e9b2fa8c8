// LifoQueue: a queue whose newest item comes first.

import { Queue } from './queue.ts';

/** Last in, first out (Python: `asyncio.LifoQueue`). */
export class LifoQueue<T> extends Queue<T> {
  private stack: T[] = [];

  protected override takeItem(): T {
    return this.stack.pop() as T;
  }

  protected override addItem(item: T): void {
    this.stack.push(item);
  }

  protected override dropItems(): void {
    this.stack = [];
  }

  override qsize(): number {
    return this.stack.length;
  }
}
