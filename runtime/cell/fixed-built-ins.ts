// The few members of built-ins that a cell cannot replace at all, and Node's own list of what runs.

import { keepMethods } from '#host/kept-methods';

/**
 * Node lists what is running, and takes the last entry off by `pop`, looked up anew, after each callback. With a `pop` of
 * a cell's that throws no cell could be answered. The list is internal: it is caught here at the end of a callback, and
 * from then on has its own methods and no prototype.
 */
export function keepNodeList(): void {
  const { pop } = Array.prototype;
  const running = setImmediate(() => {
    setImmediate(() => {
      Array.prototype.pop = pop;
    });
    Array.prototype.pop = function (this: unknown[]) {
      Array.prototype.pop = pop;
      if (this[this.length - 1] === running) Object.setPrototypeOf(keepMethods(this), null);
      return Reflect.apply(pop, this, []);
    };
  });
}

/**
 * Fixes what Node reads whenever it reads a pipe, and the kernel's code at every turn. A cell that replaces one of these
 * gets a TypeError. Only what V8 is as fast with afterwards: with the getters of RegExp.prototype fixed, `replace` is
 * eight times as slow, and with those of Map and Set, `new Set(set)` five times.
 */
export function fixBuiltIns(): void {
  const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as object;
  for (const key of ['length', 'byteLength', 'byteOffset', 'buffer'])
    Object.defineProperty(typedArrays, key, { configurable: false });
  // `instanceof` asks the class, and an error's class inherits the answer of Error.
  const hasInstance = { value: Function.prototype[Symbol.hasInstance], writable: false, configurable: false };
  for (const Class of FIXED_CLASSES) Object.defineProperty(Class, Symbol.hasInstance, hasInstance);
}

const FIXED_CLASSES = [
  ...[Object, Array, Map, Set, WeakMap, WeakSet, Promise, Date, RegExp],
  ...[Error, AggregateError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, EvalError],
  ...[
    ArrayBuffer,
    SharedArrayBuffer,
    DataView,
    Buffer,
    Object.getPrototypeOf(Uint8Array) as typeof Uint8Array,
    Uint8Array,
  ],
];
