// Python's heapq, step for step, so that items of equal priority come out in the same order as there.

import { isArray, sameValue } from './primordials.ts';

/** True if `a` goes before `b`. */
export type Compare<T> = (a: T, b: T) => boolean;

/** Python's `<` for numbers, strings, and arrays as tuples. */
export function less(a: unknown, b: unknown): boolean {
  if (isArray(a) && isArray(b)) {
    for (let at = 0; at < a.length && at < b.length; at++) {
      if (!sameValue(a[at], b[at]) && a[at] !== b[at]) return less(a[at], b[at]);
    }
    return a.length < b.length;
  }
  const kinds = [typeof a, typeof b];
  if (kinds[0] === kinds[1] && (kinds[0] === 'number' || kinds[0] === 'string' || kinds[0] === 'bigint')) {
    return (a as number) < (b as number);
  }
  if (a instanceof Date && b instanceof Date) return a < b;
  throw new TypeError(`'<' not supported between instances of '${nameOf(a)}' and '${nameOf(b)}'`);
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  return typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value;
}

/** Brings the last item, which was just added, to its place. */
export function heapAdded<T>(heap: T[], before: Compare<T>): void {
  rise(heap, 0, heap.length - 1, before);
}

/** Puts the first item behind all others, which are a heap again; the caller takes it off. */
export function heapSinkFirst<T>(heap: T[], before: Compare<T>): void {
  const last = heap.length - 1;
  if (last <= 0) return;
  swap(heap, 0, last);
  sink(heap, 0, last, before);
}

/** Makes a heap of what is in any order. */
export function heapify<T>(heap: T[], before: Compare<T>): void {
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at, heap.length, before);
}

/** Items only ever change places, so that a termination, or a comparison that throws, neither loses nor doubles one. */
function swap<T>(heap: T[], a: number, b: number): void {
  const item = heap[a] as T;
  heap[a] = heap[b] as T;
  heap[b] = item;
}

function rise<T>(heap: T[], start: number, from: number, before: Compare<T>): void {
  for (let at = from; at > start; ) {
    const up = (at - 1) >> 1;
    if (!before(heap[at] as T, heap[up] as T)) break;
    swap(heap, at, up);
    at = up;
  }
}

/** Down to a leaf first, then up: fewer comparisons, and the order of equals that Python has. */
function sink<T>(heap: T[], from: number, end: number, before: Compare<T>): void {
  let at = from;
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    const right = child + 1;
    if (right < end && !before(heap[child] as T, heap[right] as T)) child = right;
    swap(heap, at, child);
    at = child;
  }
  rise(heap, from, at, before);
}
