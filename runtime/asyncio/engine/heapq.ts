// Python's heapq, step for step, so that items of equal priority come out in the same order as there.

/** True if `a` goes before `b`. */
export type Compare<T> = (a: T, b: T) => boolean;

/** Python's `<` for numbers, strings, and arrays as tuples. */
export function less(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < a.length && at < b.length; at++) {
      if (!Object.is(a[at], b[at]) && a[at] !== b[at]) return less(a[at], b[at]);
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

export function heapPush<T>(heap: T[], item: T, before: Compare<T>): void {
  heap.push(item);
  siftDown(heap, 0, heap.length - 1, before);
}

export function heapPop<T>(heap: T[], before: Compare<T>): T {
  const last = heap.pop() as T;
  if (heap.length === 0) return last;
  const first = heap[0] as T;
  heap[0] = last;
  siftUp(heap, 0, before);
  return first;
}

function siftDown<T>(heap: T[], start: number, from: number, before: Compare<T>): void {
  const item = heap[from] as T;
  let at = from;
  while (at > start) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as T;
    if (!before(item, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = item;
}

/** Down to a leaf first, then up: fewer comparisons, and the order of equals that Python has. */
function siftUp<T>(heap: T[], from: number, before: Compare<T>): void {
  const end = heap.length;
  const item = heap[from] as T;
  let at = from;
  let child = 2 * at + 1;
  while (child < end) {
    const right = child + 1;
    if (right < end && !before(heap[child] as T, heap[right] as T)) child = right;
    heap[at] = heap[child] as T;
    at = child;
    child = 2 * at + 1;
  }
  heap[at] = item;
  siftDown(heap, from, at, before);
}
