// gather: several awaitables at once, results in the order of the arguments.

import { cancelNested, type Parts } from './engine/cancelling.ts';
import { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, futureFor, getRunningLoop } from './engine/create-task.ts';
import { CancelledError } from './engine/errors.ts';
import { Future, isTask, phases } from './engine/future.ts';
import type { Loop } from './engine/loop.ts';
import { isAwaitable } from './engine/predicates.ts';
import { filtered, keys, mapped, push, SafeMap, SafeSet } from './engine/primordials.ts';
import { repr } from './engine/repr.ts';
import { taskOf } from './engine/running.ts';
import type { Gatherer } from './engine/waiters.ts';

/** How `gather` treats errors. */
export interface GatherOptions {
  /** True: errors stand among the results, and none is thrown. */
  readonly returnExceptions?: boolean | undefined;
}

/** What `gather` gives for its arguments. */
export type Gathered<Items extends readonly unknown[]> = { -readonly [K in keyof Items]: Awaited<Items[K]> };

/** @internal The future of a gather: cancelling it cancels the children. */
class Gathering extends Future<unknown[]> implements Gatherer<Future<unknown>>, Parts {
  private readonly children: Future<unknown>[] = [];
  private readonly returnExceptions: boolean;
  private left = 0;
  private cancelRequested = false;
  /** While it is being cancelled: the children that have been asked. */
  private asked: SafeSet<object> | null = null;

  constructor(loop: Loop, returnExceptions: boolean) {
    super(loop);
    this.returnExceptions = returnExceptions;
  }

  override get [Symbol.toStringTag](): string {
    return '_GatheringFuture';
  }

  /** `isNew`: not among the children already. */
  addChild(child: Future<unknown>, isNew: boolean): void {
    push(this.children, child);
    if (!isNew) return;
    this.left++;
    if (!child.done()) child.addWaiter(this);
  }

  override cancel(message?: string): boolean {
    return !this.done() && cancelNested(this.loop, this, message);
  }

  /** True if there is anything left to cancel. */
  hasOpen(): boolean {
    for (let at = 0; at < this.children.length; at++) if (!this.children[at]?.done()) return true;
    return false;
  }

  cancelParts(message: string | undefined): boolean {
    this.asked ??= new SafeSet();
    for (let at = 0; at < this.children.length; at++) {
      const child = this.children[at] as Future<unknown>;
      if (child.done()) continue;
      // A gather ends only when its children have ended, even when it is cancelled.
      this.cancelRequested = true;
      if (isTask(child)) child.cancelFor(this.asked, message);
      else if (child.cancel(message)) this.asked.add(child);
    }
    const any = this.asked.size > 0;
    this.asked = null;
    return any;
  }

  /** Counted last, so that it can be done again if it is terminated half-way. */
  childDone(child: Future<unknown>): void {
    if (this.done()) {
      if (!child.cancelled()) child.retrieved();
    } else if (!this.returnExceptions && child.phase !== phases.RESULT) this.failWith(child.failure());
    else if (this.left === 1) this.complete();
    else this.left--;
  }

  private complete(): void {
    const results = mapped(this.children, resultOf);
    // The error is the last child's, as in asyncio: it has no message if that child swallowed the cancellation.
    if (this.cancelRequested)
      this.failWith((this.children[this.children.length - 1] as Future<unknown>).makeCancelledError());
    else this.setResult(results);
  }

  override waitName(): string {
    return `gather of ${this.children.length}`;
  }
}

/**
 * Runs awaitables at once and gives their results in the order of the arguments. The first error is thrown to the
 * awaiter while the others run on. Python: `asyncio.gather`.
 */
export function gather<Items extends readonly Awaitable<unknown>[]>(...items: Items): Future<Gathered<Items>>;
/** As above, for any number: a call takes some 100,000 arguments at most. */
export function gather<Item extends Awaitable<unknown>>(
  items: Iterable<Item>,
  options?: GatherOptions,
): Future<Awaited<Item>[]>;
export function gather<Items extends readonly Awaitable<unknown>[]>(
  ...args: [...items: Items, options: { readonly returnExceptions: true }]
): Future<{ -readonly [K in keyof Items]: Awaited<Items[K]> | Error }>;
export function gather<Items extends readonly Awaitable<unknown>[]>(
  ...args: [...items: Items, options: GatherOptions]
): Future<Gathered<Items>>;
export function gather(...args: unknown[]): Future<unknown[]> {
  const { items, returnExceptions } = split(args);
  const first = items[0];
  return gathering(first instanceof Future ? first.loop : getRunningLoop(), items, returnExceptions);
}

/** @internal What {@link gather} does, of what the library itself gathers too. */
export function gathering(loop: Loop, items: readonly unknown[], returnExceptions: boolean): Future<unknown[]> {
  if (items.length === 0) {
    const empty = loop.createFuture<unknown[]>();
    empty.setResult([]);
    return empty;
  }
  const outer = new Gathering(loop, returnExceptions);
  const before = loop.taskCount;
  const seen = new SafeMap<unknown, Future<unknown>>();
  const done: Future<unknown>[] = [];
  // A task factory may make a task that has ended already, which its coroutine does not name.
  const findable = loop.getTaskFactory() === null;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    // A map of a million coroutines would cost more than their tasks; a coroutine knows the task that was made of it here.
    const taken = findable && item instanceof Coroutine;
    const known = taken ? takenBy(item, before) : seen.get(item);
    const child = known ?? futureFor(loop, item as Awaitable<unknown>);
    if (!taken) seen.set(item, child);
    outer.addChild(child, known === undefined);
    if (known === undefined && child.done()) push(done, child);
  }
  // Since 3.12: what is done when all are there counts at once, so that a gather of such is itself done.
  for (let at = 0; at < done.length; at++) outer.childDone(done[at] as Future<unknown>);
  return outer;
}

/** True for an iterable of awaitables; coroutines and futures are iterable too, for the generator form. */
function isMany(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !isAwaitable(value);
}

function many(args: unknown[], count: number): unknown[] {
  const items: unknown[] = [];
  const only = args[0];
  if (count === 1 && isMany(only)) for (const item of only) push(items, item);
  else for (let at = 0; at < count; at++) push(items, args[at]);
  return items;
}

function takenBy(coroutine: Coroutine<unknown>, after: number): Future<unknown> | undefined {
  const task = taskOf(coroutine.driver);
  return task !== null && task.id > after && task.coroutine === coroutine ? task : undefined;
}

function split(args: unknown[]): { items: unknown[]; returnExceptions: boolean } {
  const last = args[args.length - 1];
  const hasOptions = typeof last === 'object' && last !== null && !isAwaitable(last);
  if (!hasOptions || isMany(last)) return { items: many(args, args.length), returnExceptions: false };
  const unknown = filtered(keys(last), (key) => key !== 'returnExceptions')[0];
  if (unknown !== undefined) throw new TypeError(`gather() got an unexpected option '${unknown}' in ${repr(last)}`);
  return { items: many(args, args.length - 1), returnExceptions: (last as GatherOptions).returnExceptions === true };
}

function resultOf(child: Future<unknown>): unknown {
  if (child.phase === phases.RESULT) return child.outcome;
  return child.cancelled() ? new CancelledError(child.cancelMessage ?? '') : child.failure();
}
