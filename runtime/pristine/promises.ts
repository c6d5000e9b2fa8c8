// await, then and Promise.all without the members of Promise.prototype that a cell may have replaced.

import { each } from './iteration.ts';
import { defineOwn, type Method, originals } from './lookup.ts';

const { apply } = Reflect;
const { getPrototypeOf } = Object;
const NativePromise = Promise;
const PromisePrototype: object = Promise.prototype;

const { Promise: promises } = originals;
const members = PromisePrototype as Promise<unknown>;

/** Whether promises are followed as they were at the start. */
export function promisesIntact(): boolean {
  try {
    return (
      members.then === promises.then &&
      members.constructor === NativePromise &&
      (NativePromise as { readonly [Symbol.species]?: unknown })[Symbol.species] === NativePromise
    );
  } catch {
    // A cell has put a getter in its place, and that throws.
    return false;
  }
}

function isPlainPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && getPrototypeOf(value) === PromisePrototype;
}

/**
 * The operand of `await`, or what an asynchronous function returns. Where a cell has replaced members of
 * Promise.prototype, a promise gets its own copies of those that will be looked up.
 */
export function awaited<Value>(value: Value): Value {
  if (isPlainPromise(value) && !promisesIntact()) {
    defineOwn(value, 'constructor', NativePromise);
    defineOwn(value, 'then', (...handlers: unknown[]) => then(value, handlers));
  }
  return value;
}

/** `promise.then(…)`. */
export function then(self: unknown, handlers: readonly unknown[]): unknown {
  if (!isPlainPromise(self) || promisesIntact()) return apply(promises.then as Method, self, handlers as never[]);
  // Without a constructor, the derived promise is of the default one.
  defineOwn(self, 'constructor', undefined);
  return apply(promises.then as Method, self, [following(handlers[0]), following(handlers[1])] as never[]);
}

/** A handler whose result is a promise makes the derived promise follow that one, by its `then`. */
function following(handler: unknown): unknown {
  return typeof handler === 'function' ? (value: unknown) => awaited(apply(handler, undefined, [value])) : handler;
}

/** Promise.all, over promises that are the kernel's own or values. */
export function all(values: Iterable<unknown>): Promise<unknown[]> {
  if (promisesIntact()) return apply(nativeAll, NativePromise, [each(values)]);
  return new NativePromise((resolve, reject) => {
    const results: unknown[] = [];
    let left = 1;
    let count = 0;
    for (const value of each(values)) {
      const index = count++;
      left++;
      const settle = (result: unknown) => {
        defineOwn(results, index, result, true);
        if (--left === 0) resolve(results);
      };
      if (isPlainPromise(value)) then(value, [settle, reject]);
      else settle(value);
    }
    if (--left === 0) resolve(results);
  });
}
const nativeAll = NativePromise.all as (this: unknown, values: Iterable<unknown>) => Promise<unknown[]>;
