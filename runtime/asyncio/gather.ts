// gather: several awaitables at once, results in the order of the arguments.

import { Coroutine } from './engine/coroutine.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './engine/create-task.ts';
import { CancelledError } from './engine/errors.ts';
import { Future, isTask, phases } from './engine/future.ts';
import type { Loop } from './engine/loop.ts';
import { isAwaitable } from './engine/predicates.ts';
import { repr } from './engine/repr.ts';
import { taskOf } from './engine/running.ts';
import { ChildDone, type Gatherer } from './engine/waiters.ts';

/** How `gather` treats errors. */
export interface GatherOptions {
  /** True: errors stand among the results, and none is thrown. */
  readonly returnExceptions?: boolean | undefined;
}

/** What `gather` gives for its arguments. */
export type Gathered<Items extends readonly unknown[]> = { -readonly [K in keyof Items]: Awaited<Items[K]> };

/** @internal The future of a gather: cancelling it cancels the children. */
class Gathering extends Future<unknown[]> implements Gatherer<Future<unknown>> {
  private readonly children: Future<unknown>[] = [];
  private readonly returnExceptions: boolean;
  private left = 0;
  private cancelRequested = false;
  /** While it is being cancelled: the children that have been asked. */
  private asked: Set<object> | null = null;

  constructor(loop: Loop, returnExceptions: boolean) {
    super(loop);
    this.returnExceptions = returnExceptions;
  }

  /** `isNew`: not among the children already. */
  addChild(child: Future<unknown>, isNew: boolean): void {
    this.children.push(child);
    if (!isNew) return;
    this.left++;
    if (child.done()) this.loop.enqueue(new ChildDone(this, child));
    else child.addWaiter(this);
  }

  override cancel(message?: string): boolean {
    if (this.done()) return false;
    this.asked ??= new Set();
    for (const child of this.children) {
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
    const results = this.children.map(resultOf);
    // The error is the last child's, as in asyncio: it has no message if that child swallowed the cancellation.
    if (this.cancelRequested) this.failWith((this.children.at(-1) as Future<unknown>).makeCancelledError());
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
  const loop = getRunningLoop();
  if (items.length === 0) {
    const empty = loop.createFuture<unknown[]>();
    empty.setResult([]);
    return empty;
  }
  const outer = new Gathering(loop, returnExceptions);
  const before = loop.taskCount;
  const seen = new Map<unknown, Future<unknown>>();
  for (const item of items) {
    // A map of a million coroutines would cost more than their tasks; a coroutine knows the task that was made of it here.
    const known = item instanceof Coroutine ? takenBy(item, before) : seen.get(item);
    const child = known ?? ensureFuture(item as Awaitable<unknown>);
    if (!(item instanceof Coroutine)) seen.set(item, child);
    outer.addChild(child, known === undefined);
  }
  return outer;
}

/** True for an iterable of awaitables; coroutines and futures are iterable too, for the generator form. */
function isMany(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !isAwaitable(value);
}

function many(args: unknown[]): unknown[] {
  return args.length === 1 && isMany(args[0]) ? [...args[0]] : args;
}

function takenBy(coroutine: Coroutine<unknown>, after: number): Future<unknown> | undefined {
  const task = taskOf(coroutine.driver);
  return task !== null && task.id > after && task.coroutine === coroutine ? task : undefined;
}

function split(args: unknown[]): { items: unknown[]; returnExceptions: boolean } {
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && last !== null && !isAwaitable(last);
  if (!hasOptions || isMany(last)) return { items: many(args), returnExceptions: false };
  const unknown = Object.keys(last).find((key) => key !== 'returnExceptions');
  if (unknown !== undefined) throw new TypeError(`gather() got an unexpected option '${unknown}' in ${repr(last)}`);
  return { items: many(args.slice(0, -1)), returnExceptions: (last as GatherOptions).returnExceptions === true };
}

function resultOf(child: Future<unknown>): unknown {
  if (child.phase === phases.RESULT) return child.outcome;
  return child.cancelled() ? new CancelledError(child.cancelMessage ?? '') : child.failure();
}
