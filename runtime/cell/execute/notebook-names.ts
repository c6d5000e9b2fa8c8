// A notebook's names: properties of the global object, so that they persist, closures see updates, and any kind of
// declaration can follow any other. Which statement declares what is the compiler's affair.

import { FLAG } from '../../compile/flag.ts';

/** Names that JavaScript itself keeps, and the one that is the kernel's. */
const FIXED = new Set(['undefined', 'NaN', 'Infinity', 'globalThis', FLAG]);

/** The names that cells declared, and the constants among them. */
export interface Names {
  /** Defines each key; a later assignment to it throws. */
  constant(values: Readonly<Record<string, unknown>>): void;
  /** Defines each key; it can be assigned to. */
  variable(values: Readonly<Record<string, unknown>>): void;
  /** Declares names that keep the value that they may have. */
  hoisted(names: readonly string[]): void;
  /** A constant whose value another module may change: it is read anew at each use. */
  live(name: string, read: () => unknown): void;
  /** What a live name stands for now; undefined for every other name, and where reading it throws. */
  readLive(name: string): { readonly value: unknown } | undefined;
  /** A name whose use throws. */
  missing(name: string, message: string): void;
  /** Every name that cells declared, oldest first. */
  all(): readonly string[];
  isConstant(name: string): boolean;
}

export function createNames(): Names {
  const constants = new Map<string, boolean>();
  const readers = new Map<string, () => unknown>();
  const define = (name: string, descriptor: PropertyDescriptor, constant: boolean) => {
    if (FIXED.has(name))
      throw new SyntaxError(
        `'${name}' cannot be declared: ${name === FLAG ? 'the kernel' : 'JavaScript itself'} keeps that name`,
      );
    Object.defineProperty(globalThis, name, { ...descriptor, enumerable: true, configurable: true });
    constants.set(name, constant);
    readers.delete(name);
  };
  return {
    constant(values) {
      for (const [name, value] of Object.entries(values)) define(name, { value, writable: false }, true);
    },
    variable(values) {
      for (const [name, value] of Object.entries(values)) define(name, { value, writable: true }, false);
    },
    hoisted(names) {
      for (const name of names) {
        const value = constants.has(name) ? (globalThis as Record<string, unknown>)[name] : undefined;
        define(name, { value, writable: true }, false);
      }
    },
    live(name, read) {
      define(name, { get: read }, true);
      readers.set(name, read);
    },
    readLive(name) {
      const read = readers.get(name);
      try {
        return read && { value: read() };
      } catch {
        return undefined;
      }
    },
    missing(name, message) {
      const get = (): never => {
        throw new SyntaxError(message);
      };
      define(name, { get }, true);
    },
    all: () => [...constants.keys()],
    isConstant: (name) => constants.get(name) === true,
  };
}
