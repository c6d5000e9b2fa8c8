// Functions of Object, JSON, Math, process … as they were before the first cell, by the names of object and function.

import { builtIn, HOLDERS } from './built-ins.ts';
import { each } from './iteration.ts';
import { defineOwn, type Method, originals } from './lookup.ts';
import { inherited, inherits, polluted, record } from './object-literal.ts';
import { all } from './promises.ts';

type Functions = Record<PropertyKey, unknown>;

const { apply, ownKeys } = Reflect;
const { create, defineProperties, defineProperty, entries, freeze, fromEntries } = Object;
const { getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object;
const { parse, stringify } = JSON;
const { from, isArray } = Array;
const ArrayPrototype = Array.prototype as unknown as Readonly<Record<string, unknown>>;

/** Objects whose functions need their receiver; those of others are called plainly, which is faster. */
const ASKING = new Set<string>(['Array', 'Promise', 'performance', 'process']);

/** Every function of an object and of what it inherits from, to be called without it. Accessors are not read. */
function functionsOf(name: string): Functions {
  const holder = builtIn(name);
  const functions: Functions = {};
  let at: object | null = holder;
  for (; at !== null && at !== Object.prototype && at !== Function.prototype; at = getPrototypeOf(at)) {
    for (const key of ownKeys(at)) {
      const value: unknown = getOwnPropertyDescriptor(at, key)?.value;
      if (Object.hasOwn(functions, key) || typeof value !== 'function' || key === 'constructor') continue;
      defineOwn(functions, key, ASKING.has(name) ? value.bind(holder) : value, true);
    }
  }
  return functions;
}

/** `statics.Object.entries(…)` and so on. */
export const statics = Object.fromEntries(HOLDERS.map((name) => [name, functionsOf(name)])) as Readonly<
  Record<(typeof HOLDERS)[number], Functions>
>;

// These look up other members in turn, which a cell may have added.
Object.assign(statics.JSON, {
  parse(text: string) {
    const value: unknown = parse(text);
    return polluted() ? withoutPrototypes(value) : value;
  },
  stringify: (value: unknown, replacer?: null, space?: string | number) =>
    stringify(inherits('toJSON') || 'toJSON' in ArrayPrototype ? withoutToJSON(value, []) : value, replacer, space),
});
Object.assign(statics.Object, {
  defineProperty: (target: object, key: PropertyKey, descriptor: PropertyDescriptor) =>
    defineProperty(target, key, record(descriptor)),
  defineProperties(target: object, descriptors: PropertyDescriptorMap) {
    const keys = ownKeys(descriptors);
    for (let at = 0; at < keys.length; at++) record(descriptors[keys[at] as string] as PropertyDescriptor);
    return defineProperties(target, descriptors);
  },
  fromEntries: (given: Iterable<readonly [PropertyKey, unknown]>) => fromEntries(each(given)),
});
Object.assign(statics.Array, {
  from: (given: Iterable<unknown> | ArrayLike<unknown>, map?: (value: unknown, index: number) => unknown) =>
    from(
      Symbol.iterator in Object(given) ? each(given as Iterable<unknown>) : given,
      map as (value: unknown) => unknown,
    ),
});
Object.assign(statics.Promise, { all });
for (const functions of Object.values(statics)) freeze(setPrototypeOf(functions, null));
freeze(statics);

/** A value that JSON.parse made: its objects inherit nothing. */
function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!isArray(value)) setPrototypeOf(value, null);
  const list = entries(value);
  for (let at = 0; at < list.length; at++) withoutPrototypes((list[at] as { readonly 1: unknown })[1]);
  return value;
}

/** A copy for JSON.stringify, past the toJSON of Object.prototype or Array.prototype; methods of other classes count. */
function withoutToJSON(value: unknown, path: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { toJSON } = value as { toJSON?: unknown };
  const isTheirs = toJSON === inherited('toJSON') || toJSON === ArrayPrototype.toJSON;
  if (typeof toJSON === 'function' && !isTheirs) return value;
  // A circle: JSON.stringify says so.
  for (let at = 0; at < path.length; at++) if (path[at] === value) return value;
  // In brackets, or concat would take an array apart.
  const inner = apply(originals.Array.concat as Method, path, [[value]] as never[]) as object[];
  const copy: object = isArray(value) ? [] : create(null);
  if (isArray(value)) defineOwn(copy, 'toJSON', undefined);
  const list = entries(value);
  for (let at = 0; at < list.length; at++) {
    const entry = list[at] as { readonly 0: string; readonly 1: unknown };
    defineOwn(copy, entry[0], withoutToJSON(entry[1], inner), true);
  }
  return copy;
}
