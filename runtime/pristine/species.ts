// Methods of arrays that make an array look up its class in `constructor` and Symbol.species, which a cell may have
// replaced.

import { defineOwn, type Method, originals } from './lookup.ts';

const { apply, deleteProperty } = Reflect;
const { isExtensible } = Object;
const { isArray } = Array;
const species: typeof Symbol.species = Symbol.species;
const NativeArray = Array;
const members = Array.prototype as { readonly constructor: unknown };
const slice = originals.Array.slice as Method;

/** The methods that make an array. */
export const ARRAY_MAKERS = ['concat', 'filter', 'flat', 'flatMap', 'map', 'slice', 'splice'] as const;

/** Whether methods of arrays make plain arrays, as at the start. */
export function speciesIntact(): boolean {
  try {
    return (
      members.constructor === NativeArray &&
      (NativeArray as { readonly [Symbol.species]?: unknown })[species] === NativeArray
    );
  } catch {
    // A cell has put a getter in its place, and that throws.
    return false;
  }
}

/** Calls a method of arrays past what a cell has put there: an array that says it has no class makes a plain one. */
export function withSpecies(method: Method, self: unknown, values: readonly unknown[]): unknown {
  if (!isArray(self) || speciesIntact()) return apply(method, self, values as never[]);
  // Only of a frozen one, which cannot say so, and which splice refuses anyway.
  const list = isExtensible(self) ? self : copied(self);
  defineOwn(list, 'constructor', undefined);
  try {
    return apply(method, list, values as never[]);
  } finally {
    deleteProperty(list, 'constructor');
  }
}

/** An object that is no array has no class to look up. */
function copied(list: readonly unknown[]): unknown[] {
  const like: Record<PropertyKey, unknown> = { length: list.length };
  for (let at = 0; at < list.length; at++) defineOwn(like, at, list[at], true);
  return apply(slice, like, []) as unknown[];
}
