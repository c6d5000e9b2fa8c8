// Objects of Node that keep their methods: what a cell makes of EventEmitter.prototype, Session.prototype … does not
// reach the pipe by which its requests come, nor the session by which its code is entered. And the few members of
// built-ins that a cell cannot replace at all.

/** Gives an object each method that it inherits as a property of its own, as the method is now. Returns the object. */
export function keepMethods<Kept extends object>(kept: Kept): Kept {
  // Up to the last prototype, which is every object's.
  for (let at = prototypeOf(kept); at !== null && prototypeOf(at) !== null; at = prototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value !== 'function' || name === 'constructor' || Object.hasOwn(kept, name)) continue;
      Object.defineProperty(kept, name, { value, configurable: true, writable: true });
    }
  }
  return kept;
}

const prototypeOf: (value: object) => object | null = Object.getPrototypeOf;

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
