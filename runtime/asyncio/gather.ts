// gather: several awaitables at once, results in the order of the arguments.

import { CancelledError } from './errors.ts';
import { Future, phases } from './future.ts';
import { standsFor } from './graph.ts';
import { isAwaitable } from './kinds.ts';
import type { Loop } from './loop.ts';
import { repr } from './repr.ts';
import { type Awaitable, ensureFuture, getRunningLoop } from './spawn.ts';

/** How `gather` treats errors. */
export interface GatherOptions {
  /** True: errors stand among the results, and none is thrown. */
  readonly returnExceptions?: boolean | undefined;
}

/** What `gather` gives for its arguments. */
export type Gathered<Items extends readonly unknown[]> = { -readonly [K in keyof Items]: Awaited<Items[K]> };

/** @internal The future of a gather: cancelling it cancels the children. */
class Gathering<T> extends Future<T> {
  readonly children: readonly Future<unknown>[];
  cancelRequested = false;

  constructor(loop: Loop, children: readonly Future<unknown>[]) {
    super(loop);
    this.children = children;
  }

  override cancel(message?: string): boolean {
    if (this.done()) return false;
    let any = false;
    for (const child of this.children) if (child.cancel(message)) any = true;
    // Only the children's end ends a gather, even when it was cancelled.
    if (any) this.cancelRequested = true;
    return any;
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
  const seen = new Map<unknown, Future<unknown>>();
  const children: Future<unknown>[] = [];
  for (const item of items) {
    let child = seen.get(item);
    if (child === undefined) {
      child = ensureFuture(item as Awaitable<unknown>);
      seen.set(item, child);
    }
    children.push(child);
  }
  return collect(loop, children, seen.size, returnExceptions);
}

function split(args: unknown[]): { items: unknown[]; returnExceptions: boolean } {
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && last !== null && !isAwaitable(last);
  if (!hasOptions) return { items: args, returnExceptions: false };
  const unknown = Object.keys(last).find((key) => key !== 'returnExceptions');
  if (unknown !== undefined) throw new TypeError(`gather() got an unexpected option '${unknown}' in ${repr(last)}`);
  return { items: args.slice(0, -1), returnExceptions: (last as GatherOptions).returnExceptions === true };
}

function collect(
  loop: Loop,
  children: Future<unknown>[],
  distinct: number,
  returnExceptions: boolean,
): Future<unknown[]> {
  const outer = new Gathering<unknown[]>(loop, children);
  let left = distinct;
  const childDone = (child: Future<unknown>): void => {
    left--;
    if (outer.done()) {
      if (!child.cancelled()) child.retrieved();
      return;
    }
    if (!returnExceptions && child.phase !== phases.RESULT) {
      outer.setException(child.failure());
      return;
    }
    if (left > 0) return;
    const results = children.map(resultOf);
    // The error is the last child's, as in asyncio: it has no message where that child swallowed the cancellation.
    if (outer.cancelRequested) outer.setException((children.at(-1) as Future<unknown>).makeCancelledError());
    else outer.setResult(results);
  };
  standsFor(childDone, () => outer as Future<unknown>);
  for (const child of new Set(children)) child.addDoneCallback(childDone);
  return outer;
}

function resultOf(child: Future<unknown>): unknown {
  if (child.phase === phases.RESULT) return child.outcome;
  return child.cancelled() ? new CancelledError(child.cancelMessage ?? '') : child.failure();
}
