// Method calls that use the methods as they were before the first cell.

import { exec, withExpression } from './expressions.ts';
import { defineOwn, type Method, methodOf, originals } from './lookup.ts';
import { then } from './promises.ts';
import { ARRAY_MAKERS, withSpecies } from './species.ts';

type Values = readonly unknown[];
type Careful = (method: Method, self: unknown, values: Values) => unknown;

const { apply } = Reflect;
const { create } = Object;
const NativeTypeError = TypeError;
const ArrayPrototype: object = Array.prototype;

/** Whether writing to an index of an array reaches the array. */
export function itemsIntact(): boolean {
  return !('0' in ArrayPrototype);
}

const plainly: Careful = (method, self, values) => apply(method, self, values as never[]);

/** Methods that look up other members in turn, which a cell may have replaced. */
const careful: Record<PropertyKey, Careful | undefined> = create(null);
// biome-ignore lint/suspicious/noThenProperty: a table of method names, which nobody awaits
careful.then = (method, self, values) =>
  method === originals.Promise.then ? then(self, values) : plainly(method, self, values);
careful.catch = (method, self, values) =>
  method === originals.Promise.catch ? then(self, [undefined, values[0]]) : plainly(method, self, values);
careful.finally = (method, self, values) => {
  if (method !== originals.Promise.finally) return plainly(method, self, values);
  const clean = values[0] as () => unknown;
  const kept = (value: unknown) => then(Promise.resolve(clean()), [() => value]);
  const failed = (error: unknown) => then(Promise.resolve(clean()), [() => Promise.reject(error)]);
  return then(self, [kept, failed]);
};
careful.test = (method, self, values) =>
  method === originals.RegExp.test ? exec(self, values[0]) !== null : plainly(method, self, values);
careful.push = (method, self, values) => {
  // Writes by index, which a setter on Array.prototype would take.
  if (method !== originals.Array.push || itemsIntact()) return plainly(method, self, values);
  const list = self as unknown[];
  for (let at = 0; at < values.length; at++) defineOwn(list, list.length, values[at], true);
  return list.length;
};
for (const name of ['replace', 'replaceAll', 'split', 'match', 'matchAll', 'search']) careful[name] = withExpression;
for (const name of ARRAY_MAKERS) careful[name] = withSpecies;

/** `self.name(...values)`. */
export function call(self: unknown, name: PropertyKey, values: Values): unknown {
  const method = methodOf(self, name);
  if (typeof method !== 'function') throw new NativeTypeError(missing(self, String(name)));
  return (careful[name] ?? plainly)(method, self, values);
}

/** As V8 says it. */
function missing(self: unknown, name: string): string {
  if (self === null || self === undefined) return `Cannot read properties of ${self} (reading '${name}')`;
  return `${name} is not a function`;
}
