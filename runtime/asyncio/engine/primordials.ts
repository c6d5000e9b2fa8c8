// JavaScript's own, as it was before any program ran: a cell that replaces a built-in must not break the engine, which
// runs every other cell too. Nothing in the engine calls a method of an array, a set, a map or a promise but through
// this file; it iterates arrays by index, and spreads none. Taken at load, and frozen with the module.

export const { apply, construct } = Reflect;
export const { isArray } = Array;
export const { shift, sort } = Array.prototype;
export const { defineProperty, getPrototypeOf, is: sameValue, keys } = Object;
export const { max, min, ceil } = Math;
export const { isNaN: isNotANumber, isInteger } = Number;
export const { isError } = Error;
export const promisePrototype = Promise.prototype;
export const { then: promiseThen, finally: promiseFinally } = promisePrototype;

const settled = Promise.resolve();
// Without it `then` asks Promise for the class of its result.
defineProperty(settled, 'constructor', { value: undefined });

/**
 * Calls back in a microtask. Node's queueMicrotask goes through AsyncResource.prototype, which a program can replace.
 * Returns the promise that V8 settles after the call.
 */
export function soon(callback: () => void): unknown {
  return apply(promiseThen, settled, [callback]);
}

const { toString: objectToString } = Object.prototype;

/** Milliseconds from no particular moment. */
export const milliseconds: () => number = performance.now.bind(performance);

/** `[object Array]` and such. */
export function tagOf(value: unknown): string {
  return apply(objectToString, value, []);
}

/** Puts `item` behind the others. */
export function push<T>(array: T[], item: T): void {
  array[array.length] = item;
}

/** Takes the last item; undefined if there is none. */
export function pop<T>(array: T[]): T | undefined {
  const at = array.length - 1;
  if (at < 0) return undefined;
  const item = array[at];
  array.length = at;
  return item;
}

/** The items that `keep` is true of. */
export function filtered<T>(array: readonly T[], keep: (item: T) => boolean): T[] {
  const kept: T[] = [];
  for (let at = 0; at < array.length; at++) if (keep(array[at] as T)) push(kept, array[at] as T);
  return kept;
}

/** What `make` makes of each item. */
export function mapped<T, R>(array: readonly T[], make: (item: T) => R): R[] {
  const made: R[] = [];
  for (let at = 0; at < array.length; at++) push(made, make(array[at] as T));
  return made;
}

/** Puts the items into the opposite order. */
export function reverse<T>(array: T[]): T[] {
  for (let low = 0, high = array.length - 1; low < high; low++, high--) {
    const item = array[low] as T;
    array[low] = array[high] as T;
    array[high] = item;
  }
  return array;
}

export function includes<T>(array: readonly T[], item: T): boolean {
  for (let at = 0; at < array.length; at++) if (array[at] === item) return true;
  return false;
}

/** Gives `copy` the methods of `original` as its own, as they are now. */
export function copyMethods(copy: object, original: object): void {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'constructor') continue;
    defineProperty(copy, key, Reflect.getOwnPropertyDescriptor(original, key) as PropertyDescriptor);
  }
}

/** A set that keeps working; for the engine's own use. It takes no items when it is made, because that would iterate them. */
export class SafeSet<T> extends Set<T> {}
/** A map that keeps working. */
export class SafeMap<K, V> extends Map<K, V> {}
/** A weak map that keeps working. */
export class SafeWeakMap<K extends object, V> extends WeakMap<K, V> {}
for (const [copy, original] of [
  [SafeSet.prototype, Set.prototype],
  [SafeMap.prototype, Map.prototype],
  [SafeWeakMap.prototype, WeakMap.prototype],
] as const) {
  copyMethods(copy, original);
  // Cut off from what the methods of the original may become.
  Object.setPrototypeOf(copy, null);
}

/** The items of a set, which may change meanwhile. */
export function itemsOf<T>(set: SafeSet<T>): T[] {
  const items: T[] = [];
  set.forEach((item) => {
    push(items, item);
  });
  return items;
}

const { add } = Set.prototype;

/** Adds to a set that is somebody else's. */
export function setAdd<T>(set: Set<T>, item: T): void {
  apply(add, set, [item]);
}

type Resumable<T> = Pick<Generator<unknown, T, unknown>, 'next' | 'throw'>;
const generators = getPrototypeOf(getPrototypeOf((function* () {})())) as Resumable<never>;
const { next, throw: raise } = generators;

/**
 * `body.next(value)`. A plain call, which V8 makes part of the caller, unless a program replaced the method of all
 * generators: the body of a cell is one, and of each coroutine.
 */
export function nextOf<T>(body: Resumable<T>, value?: unknown): IteratorResult<unknown, T> {
  return generators.next === next || !isGenerator(body) ? body.next(value) : apply(next, body, [value]);
}

/** `body.throw(error)`, as `nextOf`. */
export function throwInto<T>(body: Resumable<T>, error: unknown): IteratorResult<unknown, T> {
  return generators.throw === raise || !isGenerator(body) ? body.throw(error) : apply(raise, body, [error]);
}

function isGenerator(body: object): boolean {
  return tagOf(body) === '[object Generator]';
}
