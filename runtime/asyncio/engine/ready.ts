// The ready queue: a ring buffer, so that taking from the front is cheap and nothing is copied between passes.

import { push } from './primordials.ts';

const SMALL = 64;

/** First in, first out. Consistent at every point where V8 may terminate: each change is one stretch without a call. */
export class Ready<T> {
  length = 0;
  private slots: (T | undefined)[] = new Array(SMALL);
  private head = 0;

  push(item: T): void {
    if (this.length === this.slots.length) this.grow();
    this.slots[(this.head + this.length) & (this.slots.length - 1)] = item;
    this.length++;
  }

  /** Puts it before all others. */
  unshift(item: T): void {
    if (this.length === this.slots.length) this.grow();
    const head = (this.head - 1) & (this.slots.length - 1);
    this.slots[head] = item;
    this.head = head;
    this.length++;
  }

  /** The first, which stays; undefined if there is none. */
  first(): T | undefined {
    return this.slots[this.head];
  }

  /** Takes the first. Call it only if `length` is above zero. */
  shift(): T {
    const item = this.slots[this.head] as T;
    this.slots[this.head] = undefined;
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length--;
    return item;
  }

  /** What is in it, in order. */
  all(): T[] {
    const all: T[] = [];
    for (let at = 0; at < this.length; at++) push(all, this.slots[(this.head + at) & (this.slots.length - 1)] as T);
    return all;
  }

  /** Shrinks the buffer again after a crowd, once the queue is empty. */
  shrink(): void {
    if (this.length === 0 && this.slots.length > 65_536) {
      this.slots = new Array(SMALL);
      this.head = 0;
    }
  }

  private grow(): void {
    const larger: (T | undefined)[] = new Array(this.slots.length * 2);
    for (let at = 0; at < this.length; at++) larger[at] = this.slots[(this.head + at) & (this.slots.length - 1)];
    this.slots = larger;
    this.head = 0;
  }
}
