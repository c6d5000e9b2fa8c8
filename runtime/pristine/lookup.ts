// The methods of JavaScript's built-in prototypes as they were before the first cell, and how a method is looked up
// among them. The operations that use them are in the files beside this one.

import { builtIn, CLASSES } from './built-ins.ts';

/** A method, as it stands in a prototype. */
export type Method = (this: unknown, ...values: never[]) => unknown;
/** The methods of one prototype by their names; inherits nothing. */
export type Methods = Readonly<Record<PropertyKey, Method | undefined>>;

const { ownKeys, get } = Reflect;
const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, setPrototypeOf } = Object;
const { isArray } = Array;
const ArrayPrototype: object = Array.prototype;
const ArrayIterator = getPrototypeOf([].values()) as object;

/** Turns a method into a function of its receiver. */
export const uncurry = Function.prototype.bind.bind(Function.prototype.call) as unknown as <Result>(
  method: unknown,
) => (self: unknown, ...values: unknown[]) => Result;

/** The methods that a prototype has now, in an object that V8 keeps in its fast form and folds into code: no create(null). */
export function methodsOf(prototype: object): Methods {
  const table: Record<PropertyKey, Method> = {};
  for (const key of ownKeys(prototype)) {
    const value: unknown = getOwnPropertyDescriptor(prototype, key)?.value;
    if (typeof value === 'function' && key !== 'constructor') defineOwn(table, key, value, true);
  }
  return freeze(setPrototypeOf(table, null));
}

/** The prototypes of the classes, by their names. */
export const prototypes = Object.fromEntries(
  CLASSES.map((name) => [name, (builtIn(name) as { readonly prototype: object }).prototype]),
) as Readonly<Record<(typeof CLASSES)[number], object>>;

/** Their methods as they were at the start, by the same names. */
export const originals = Object.fromEntries(
  Object.entries(prototypes).map(([name, prototype]) => [name, methodsOf(prototype)]),
) as Readonly<Record<keyof typeof prototypes, Methods>>;

const tables = new WeakMap<object, Methods>();
const iterators = [[].values(), new Map().values(), new Set().values(), ''.matchAll(/./g), ''[Symbol.iterator]()];
for (const prototype of [
  ...Object.values(prototypes),
  ...iterators.map((each) => getPrototypeOf(each) as object),
  getPrototypeOf(ArrayIterator) as object,
]) {
  tables.set(prototype, methodsOf(prototype));
}
freeze(prototypes);
freeze(originals);
const tableOf = uncurry<Methods | undefined>(WeakMap.prototype.get);

const { Array: arrays, Function: functions, String: strings } = originals;
const primitives: Readonly<Record<string, object>> = freeze({
  number: Number.prototype,
  boolean: Boolean.prototype,
  bigint: BigInt.prototype,
  symbol: Symbol.prototype,
});

/** What `self[name]` would have been at the start: built-in prototypes count as they were then, all else as it is. */
export function methodOf(self: unknown, name: PropertyKey): Method | undefined {
  const type = typeof self;
  if (type === 'string') return strings[name];
  if (type === 'function' && functions[name] !== undefined) return functions[name];
  if (isArray(self) && getPrototypeOf(self) === ArrayPrototype && arrays[name] !== undefined) {
    return arrays[name];
  }
  const isObject = (type === 'object' && self !== null) || type === 'function';
  let at: object | null | undefined = isObject ? (self as object) : primitives[type];
  for (; at !== null && at !== undefined; at = getPrototypeOf(at)) {
    const original = tableOf(tables, at)?.[name];
    if (original !== undefined) return original;
    if (hasOwn(at, name)) return get(at, name, self) as Method;
  }
  return undefined;
}

/** Whether a prototype is a built-in one. */
export function isBuiltIn(prototype: object | null): boolean {
  return prototype !== null && tableOf(tables, prototype) !== undefined;
}

/** Gives an object a property of its own, whatever its prototypes say. */
export function defineOwn(target: object, key: PropertyKey, value: unknown, enumerable = false): void {
  const descriptor = create(null) as PropertyDescriptor;
  descriptor.value = value;
  descriptor.configurable = true;
  descriptor.writable = true;
  descriptor.enumerable = enumerable;
  defineProperty(target, key, descriptor);
}
