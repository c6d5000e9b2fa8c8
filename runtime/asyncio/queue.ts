// Queue, LifoQueue and PriorityQueue: items handed from task to task.

import { begin } from './engine/begin.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { QueueEmpty, QueueFull, QueueShutDown, ValueError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { type Compare, heapPop, heapPush, less } from './engine/heapq.ts';
import { internal, internalCode } from './engine/internal.ts';
import { PENDING } from './engine/now.ts';
import { Ready } from './engine/ready.ts';
import { SharedWait } from './engine/shared-wait.ts';
import { Event } from './event.ts';
import { label, type Named } from './lock.ts';

const PUT = internalCode('put');
const GET = internalCode('get');
const JOIN = internalCode('join');
const NEXT = internalCode('next');

/** First in, first out (Python: `asyncio.Queue`). `maxsize` 0: without bound. */
export class Queue<T> {
  /** How many items it may hold; 0: without bound. */
  readonly maxsize: number;
  private readonly getters = new Set<Future<unknown>>();
  private readonly putters = new Set<Future<unknown>>();
  private readonly finished = new Event({ name: 'queue.join' });
  private readonly getLabel: string;
  private readonly putLabel: string;
  private unfinished = 0;
  private isShutdown = false;
  private readonly items = new Ready<T>();

  constructor(maxsize = 0, options: Named = {}) {
    this.maxsize = maxsize;
    this.getLabel = label('queue.get', options);
    this.putLabel = label('queue.put', options);
    this.finished.set();
  }

  /** @internal */
  protected takeItem(): T {
    return this.items.shift();
  }

  /** @internal */
  protected addItem(item: T): void {
    this.items.push(item);
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
      const putter = new SharedWait(this, this.putLabel);
      this.putters.add(putter);
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
    this.addItem(item);
    this.unfinished++;
    this.finished.clear();
    wakeNext(this.getters);
  }

  /** Waits for an item, and takes it. @throws QueueShutDown. */
  get(): Coroutine<T> {
    return internal(this.getting(), GET);
  }

  private *getting(): Generator<unknown, T, unknown> {
    while (this.empty()) {
      if (this.isShutdown) throw new QueueShutDown();
      const getter = new SharedWait(this, this.getLabel);
      this.getters.add(getter);
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
    const item = this.takeItem();
    wakeNext(this.putters);
    return item;
  }

  /** Says that one item taken has been dealt with. */
  taskDone(): void {
    if (this.unfinished <= 0) throw new ValueError('task_done() called too many times');
    this.unfinished--;
    if (this.unfinished === 0) this.finished.set();
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
    this.isShutdown = true;
    if (options.immediate === true) {
      while (!this.empty()) {
        this.takeItem();
        if (this.unfinished > 0) this.unfinished--;
      }
      if (this.unfinished === 0) this.finished.set();
    }
    while (this.getters.size > 0) wakeNext(this.getters);
    while (this.putters.size > 0) wakeNext(this.putters);
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
      this.getters.size > 0 ? `_getters[${this.getters.size}]` : '',
      this.putters.size > 0 ? `_putters[${this.putters.size}]` : '',
      this.unfinished > 0 ? `tasks=${this.unfinished}` : '',
    ];
    return `<${this.constructor.name} ${counts.filter((one) => one !== '').join(' ')}>`;
  }
}

function wakeNext(waiters: Set<Future<unknown>>): void {
  for (const waiter of waiters) {
    waiters.delete(waiter);
    if (waiter.done()) continue;
    waiter.setResult(undefined);
    return;
  }
}

/** Last in, first out (Python: `asyncio.LifoQueue`). */
export class LifoQueue<T> extends Queue<T> {
  private readonly stack: T[] = [];

  protected override takeItem(): T {
    return this.stack.pop() as T;
  }

  protected override addItem(item: T): void {
    this.stack.push(item);
  }

  override qsize(): number {
    return this.stack.length;
  }
}

/** The least item first (Python: `asyncio.PriorityQueue`). Tuples are arrays; `less` orders other objects. */
export class PriorityQueue<T> extends Queue<T> {
  private readonly heap: T[] = [];
  private readonly less: Compare<T>;

  constructor(maxsize = 0, options: Named & { readonly less?: Compare<T> | undefined } = {}) {
    super(maxsize, options);
    this.less = options.less ?? less;
  }

  protected override takeItem(): T {
    return heapPop(this.heap, this.less);
  }

  protected override addItem(item: T): void {
    heapPush(this.heap, item, this.less);
  }

  override qsize(): number {
    return this.heap.length;
  }
}
