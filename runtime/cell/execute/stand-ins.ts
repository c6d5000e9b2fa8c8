// What a name that no cell has declared stands for: the process's own global of that name, or a ReferenceError. Names
// that cells declared are in notebook-names.ts.

import { SUFFIX } from '../../compile/suffix.ts';

/**
 * Copied, so that V8 folds them as it does the originals (0.3 ns, and 10 ns through an accessor); brought up to date as
 * each cell begins. All else is read from the process at each use: what is replaced there is seen at once, and what Node
 * loads at first use is not loaded before.
 */
const COPIED = new Set(
  `Math Object Array Function Number String Boolean BigInt Symbol JSON Reflect Atomics Proxy Intl Promise RegExp
   parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent
   Map Set WeakMap WeakSet WeakRef Iterator ArrayBuffer DataView
   Float64Array Float32Array Float16Array Int32Array Uint32Array Int16Array Uint16Array Int8Array Uint8Array
   Uint8ClampedArray BigInt64Array BigUint64Array
   Error TypeError RangeError SyntaxError ReferenceError AggregateError`.split(/\s+/),
);

/** The stand-ins of one notebook's undeclared names. */
export interface StandIns {
  has(name: string): boolean;
  /** Makes the name's stand-in, unless it is there. */
  make(name: string): void;
  /** The same for a name that is assigned to: the assignment goes to the process's global. */
  write(name: string): void;
  /** Brings copies up to date. */
  renew(): void;
  /** The name is taken by something else. */
  forget(name: string): void;
}

/** `put` defines the property of `realm` that a name's uses read. */
export function createStandIns(realm: object, put: (name: string, descriptor: PropertyDescriptor) => void): StandIns {
  const globals = realm as Readonly<Record<string, unknown>>;
  const made = new Set<string>();
  const copies = new Set<string>();
  const copy = (name: string): void => put(name, { value: globals[name], writable: true });
  const defer = (name: string): void =>
    put(name, {
      get() {
        const value = globals[name];
        return value !== undefined || name in realm ? value : undeclared(name);
      },
      set(value: unknown) {
        if (!(name in realm)) undeclared(name);
        // As an assignment in strict code, which throws where the global cannot be assigned to.
        (globals as Record<string, unknown>)[name] = value;
      },
    });
  const standIns: StandIns = {
    has: (name) => made.has(name),
    make(name) {
      if (made.has(name)) return;
      made.add(name);
      if (!COPIED.has(name) || !(name in realm)) return defer(name);
      copies.add(name);
      copy(name);
    },
    write(name) {
      if (made.has(name) && !copies.delete(name)) return;
      made.add(name);
      defer(name);
    },
    renew() {
      for (const name of copies) if (globals[name + SUFFIX] !== globals[name]) copy(name);
    },
    forget(name) {
      made.delete(name);
      copies.delete(name);
    },
  };
  return standIns;
}

function undeclared(name: string): never {
  throw new ReferenceError(`${name} is not defined`);
}
