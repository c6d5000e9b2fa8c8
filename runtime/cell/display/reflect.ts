// Looks at a value without running a line of its code: no getter, no proxy trap, no patched method.
// All of rendering's lookups go through here; nothing here formats.

import { types } from '#host/inspection';
import { internalOf } from '#host/internals';
import { LIMITS } from './limits.ts';

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const functionText = Function.prototype.toString;
const nextMapEntry = new Map().entries().next;
const nextSetEntry = new Set().values().next;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapSize = getOwnPropertyDescriptor(Map.prototype, 'size')?.get;
const setSize = getOwnPropertyDescriptor(Set.prototype, 'size')?.get;

/** An object or a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The descriptor that `value[key]` would use; 'unknown' if only a proxy could tell. */
export function descriptorOf(value: object, key: PropertyKey): PropertyDescriptor | 'unknown' | undefined {
  let at: object | null = value;
  for (let link = 0; at !== null; link++) {
    if (link > LIMITS.links || types.isProxy(at)) return 'unknown';
    const found = getOwnPropertyDescriptor(at, key);
    if (found) return found;
    at = getPrototypeOf(at);
  }
  return undefined;
}

/** `value instanceof maker`, but that no proxy and no class is asked: where only a proxy could tell, it is not. */
export function isInstance<T>(value: unknown, maker: { readonly prototype: T }): value is T {
  let at: unknown = isObject(value) ? value : null;
  for (let link = 0; isObject(at) && link <= LIMITS.links && !types.isProxy(at); link++) {
    at = getPrototypeOf(at);
    if (at === maker.prototype) return true;
  }
  return false;
}

/** `value[key]` if that is a plain data property, else undefined. */
export function dataOf(value: object, key: PropertyKey): unknown {
  const found = descriptorOf(value, key);
  return typeof found === 'object' ? found.value : undefined;
}

/** `value[key]` if that is a function in a plain data property, else undefined. */
export function methodOf(value: object, key: PropertyKey): ((...values: unknown[]) => unknown) | undefined {
  const found = dataOf(value, key);
  return typeof found === 'function' && !types.isProxy(found)
    ? (found as (...values: unknown[]) => unknown)
    : undefined;
}

/** True if reading `value[key]` could run code that is not V8's own. */
export function runsCode(value: object, key: PropertyKey): boolean {
  const found = descriptorOf(value, key);
  if (found === undefined) return false;
  if (found === 'unknown') return true;
  return found.get !== undefined && !isNativeGetter(found.get);
}

// A bound function also prints as `function () { [native code] }`, but is named `bound …`. V8's getter of `stack` has no name.
function isNativeGetter(getter: () => unknown): boolean {
  if (types.isProxy(getter)) return false;
  const text = functionText.call(getter);
  if (text === 'function () { [native code] }') return getOwnPropertyDescriptor(getter, 'name')?.value === '';
  return /^function (get )?(\[Symbol\.\w+\]|\w+)\(\) \{ \[native code\] \}$/.test(text);
}

/** The name of the value's class; `null` for an object without a prototype. */
export function classNameOf(value: object): string | null {
  if (types.isProxy(value)) return 'Proxy';
  if (getPrototypeOf(value) === null) return null;
  const maker = dataOf(value, 'constructor');
  const name = isObject(maker) && !types.isProxy(maker) ? dataOf(maker, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

/** The first entries of a Map, even if its methods were replaced. */
export function firstEntries(map: Map<unknown, unknown>, count: number): [unknown, unknown][] {
  const entries: [unknown, unknown][] = [];
  const iterator = mapEntries.call(map);
  while (entries.length < count) {
    const { done, value } = nextMapEntry.call(iterator) as IteratorResult<[unknown, unknown]>;
    if (done) break;
    entries.push(value);
  }
  return entries;
}

/** The first values of a Set, even if its methods were replaced. */
export function firstValues(set: Set<unknown>, count: number): unknown[] {
  const values: unknown[] = [];
  const iterator = setValues.call(set);
  while (values.length < count) {
    const { done, value } = nextSetEntry.call(iterator) as IteratorResult<unknown>;
    if (done) break;
    values.push(value);
  }
  return values;
}

/** How many entries a Map or a Set has. */
export function sizeOf(value: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>): number {
  return Number((types.isMap(value) ? mapSize : setSize)?.call(value));
}

/** A proxy's target; null if the proxy was revoked. */
export function targetOf(proxy: object): object | null {
  const target = internalOf(proxy, '[[Target]]');
  return isObject(target) ? target : null;
}

/** The object itself, or the target behind its proxies. */
export function unwrap(value: object): object | null {
  let at: object | null = value;
  for (let link = 0; at !== null && types.isProxy(at); link++) {
    if (link > LIMITS.links) return null;
    at = targetOf(at);
  }
  return at;
}
