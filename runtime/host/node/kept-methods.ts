// Objects of Node that keep their methods: what a cell makes of EventEmitter.prototype, Session.prototype … does not
// reach the pipe by which its requests come, nor the session by which its code is entered.

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
