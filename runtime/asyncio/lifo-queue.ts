// LifoQueue: a queue whose newest item comes first.

import { pop, push } from './engine/primordials.ts';
import { Queue } from './queue.ts';

/** Last in, first out (Python: `asyncio.LifoQueue`). */
export class LifoQueue<T> extends Queue<T> {
  private stack: T[] = [];

  protected override takeItem(): T {
    return pop(this.stack) as T;
  }

  protected override addItem(item: T): void {
    push(this.stack, item);
  }

  protected override dropItems(): void {
    this.stack = [];
  }

  protected override contents(): readonly T[] {
    return this.stack;
  }

  override qsize(): number {
    return this.stack.length;
  }
}
