// Queue: items handed from task to task, first in, first out.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { QueueEmpty, QueueFull, QueueShutDown, ValueError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { Line } from './engine/line.ts';
import { now, PENDING } from './engine/now.ts';
import { filtered, max } from './engine/primordials.ts';
import { Ready } from './engine/ready.ts';
import { repr } from './engine/repr.ts';
import { SharedWait } from './engine/shared-wait.ts';
import type { InLine, Shared } from './engine/types.ts';
import { Event } from './event.ts';
import { label, type Named } from './lock.ts';

const PUT = internalCode('put');
const GET = internalCode('get');
const JOIN = internalCode('join');
const NEXT = internalCode('next');

/** Set while no item is unfinished; what it says follows from the queue. */
class Finished extends Event {
  private readonly over: () => boolean;

  constructor(over: () => boolean) {
    super({ name: 'queue.join' });
    this.over = over;
    this.set();
  }

  override mend(): void {
    if (this.over()) this.set();
    super.mend();
  }
}

/** First in, first out (Python: `asyncio.Queue`). `maxsize` 0: without bound. */
export class Queue<T> implements Shared {
  /** How many items it may hold; 0: without bound. */
  readonly maxsize: number;
  /** @internal */ loop: object | null = null;
  private readonly getters = new Line<SharedWait>();
  private readonly putters = new Line<SharedWait>();
  private readonly finished = new Finished(() => this.unfinished === 0);
  private readonly getLabel: string;
  private readonly putLabel: string;
  private unfinished = 0;
  private isShutdown = false;
  private items = new Ready<T>();

  constructor(maxsize = 0, options: Named = {}) {
    this.maxsize = maxsize;
    this.getLabel = label('queue.get', options);
    this.putLabel = label('queue.put', options);
  }

  /** @internal It is gone from the queue when this returns, and not before. */
  protected takeItem(): T {
    return this.items.shift();
  }

  /** @internal It is in the queue when this returns, and not before. */
  protected addItem(item: T): void {
    this.items.push(item);
  }

  /** @internal Brings the item that was added last to its place. */
  protected arrange(): void {}

  /** @internal */
  protected dropItems(): void {
    this.items = new Ready<T>();
  }

  /** @internal The items as they lie. */
  protected contents(): readonly T[] {
    return this.items.all();
  }

  /** How many items are in it. */
  qsize(): number {
    return this.items.length;
  }

  /** True if nothing is in it. */
  empty(): boolean {
    return this.qsize() === 0;
  }

  /** True if a `put` would have to wait. */
  full(): boolean {
    return this.maxsize > 0 && this.qsize() >= this.maxsize;
  }

  /** Waits for room, then puts. @throws QueueShutDown. */
  put(item: T): Coroutine<void> {
    return internal(this.putting(item), PUT);
  }

  private *putting(item: T): Generator<unknown, void, unknown> {
    while (this.full()) {
      if (this.isShutdown) throw new QueueShutDown();
      const putter = new SharedWait(this, this.putters, this.putLabel);
      try {
        if (begin(putter) === PENDING) yield PENDING;
      } catch (error) {
        putter.cancel();
        this.putters.delete(putter);
        // Woken and cancelled at once: the room goes to the next.
        if (!this.full() && !putter.cancelled()) wakeNext(this.putters);
        throw error;
      }
    }
    this.putNowait(item);
  }

  /** @throws QueueFull, QueueShutDown. */
  putNowait(item: T): void {
    if (this.isShutdown) throw new QueueShutDown();
    if (this.full()) throw new QueueFull();
    try {
      this.finished.clear();
      // One stretch without a call: it is in the queue, and counted.
      this.addItem(item);
      this.unfinished++;
      try {
        this.arrange();
      } catch (error) {
        // As in CPython, an item that cannot be compared stays, but counts for nothing.
        this.unfinished--;
        throw error;
      }
      wakeNext(this.getters);
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** Waits for an item, and takes it. @throws QueueShutDown. */
  get(): Coroutine<T> {
    return internal(this.getting(), GET);
  }

  private *getting(): Generator<unknown, T, unknown> {
    while (this.empty()) {
      if (this.isShutdown) throw new QueueShutDown();
      const getter = new SharedWait(this, this.getters, this.getLabel);
      try {
        if (begin(getter) === PENDING) yield PENDING;
      } catch (error) {
        getter.cancel();
        this.getters.delete(getter);
        // Woken and cancelled at once: the item goes to the next.
        if (!this.empty() && !getter.cancelled()) wakeNext(this.getters);
        throw error;
      }
    }
    return this.getNowait();
  }

  /** @throws QueueEmpty, QueueShutDown. */
  getNowait(): T {
    if (this.empty()) throw this.isShutdown ? new QueueShutDown() : new QueueEmpty();
    try {
      wakeNext(this.putters);
      // Last, so that a termination before it leaves the item in the queue.
      return this.takeItem();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** Says that one item taken has been dealt with. */
  taskDone(): void {
    if (this.unfinished <= 0) throw new ValueError('task_done() called too many times');
    try {
      this.unfinished--;
      if (this.unfinished === 0) this.finished.set();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  /** Waits until every item has been dealt with. */
  join(): Coroutine<void> {
    return internal(this.joining(), JOIN);
  }

  private *joining(): Generator<unknown, void, unknown> {
    if (this.unfinished > 0) yield* this.finished.wait();
  }

  /** Refuses further puts; gets go on until it is empty, and with `immediate` stop at once (Python 3.13). */
  shutdown(options: { readonly immediate?: boolean } = {}): void {
    try {
      this.isShutdown = true;
      if (options.immediate === true) {
        const left = max(0, this.unfinished - this.qsize());
        this.dropItems();
        this.unfinished = left;
        if (this.unfinished === 0) this.finished.set();
      }
      this.wakeAll();
    } catch (error) {
      now.struck = true;
      throw error;
    }
  }

  private wakeAll(): void {
    while (this.getters.size > 0) wakeNext(this.getters);
    while (this.putters.size > 0) wakeNext(this.putters);
  }

  /** @internal */
  mend(waits: readonly InLine[]): void {
    if (this.isShutdown) {
      this.wakeAll();
      return;
    }
    const woken = (line: object): number => filtered(waits, (wait) => wait.queue === line && wait.settled()).length;
    for (let items = this.qsize() - woken(this.getters); items > 0; items--) wakeNext(this.getters);
    const room = this.maxsize > 0 ? this.maxsize - this.qsize() : 0;
    for (let places = room - woken(this.putters); places > 0; places--) wakeNext(this.putters);
  }

  /** Items as they come, until the queue is shut down. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    const next = (): Coroutine<IteratorResult<T, undefined>> => internal(this.nextItem(), NEXT);
    return { next: next as unknown as () => Promise<IteratorResult<T, undefined>> };
  }

  private *nextItem(): Generator<unknown, IteratorResult<T, undefined>, unknown> {
    try {
      return { done: false, value: yield* this.get() };
    } catch (error) {
      if (error instanceof QueueShutDown) return { done: true, value: undefined };
      throw error;
    }
  }

  toString(): string {
    const counts = [
      `maxsize=${this.maxsize}`,
      this.empty() ? '' : `_queue=${repr(this.contents())}`,
      this.getters.size > 0 ? `_getters[${this.getters.size}]` : '',
      this.putters.size > 0 ? `_putters[${this.putters.size}]` : '',
      this.unfinished > 0 ? `tasks=${this.unfinished}` : '',
      this.isShutdown ? 'shutdown' : '',
    ];
    return `<${this.constructor.name} ${counts.filter((one) => one !== '').join(' ')}>`;
  }
}

/** Wakes the one that has waited longest. */
function wakeNext(line: Line<SharedWait>): void {
  for (let waiter = line.first; waiter !== null; waiter = line.first) {
    const asleep = !waiter.done();
    if (asleep) waiter.setResult(undefined);
    // After it was woken: a termination must not leave it asleep and out of the line.
    line.delete(waiter);
    if (asleep) return;
  }
}
