// Decides whether util.inspect may be used on a value directly: not if it could run the value's code or take long.
// inspect reads special keys (constructor, toStringTag, an error's stack …) like any code, and every key of an object.

import { Buffer } from '#host/bytes';
import { inspect, types } from '#host/inspection';
import { SUFFIX } from '../../compile/suffix.ts';
import { type Bounds, LIMITS, weightAt } from './limits.ts';
import { hasMoreKeys, keysOf } from './listing.ts';
import { ownTextOf } from './own-text.ts';
import { dataOf, descriptorOf, firstEntries, firstValues, isObject, methodOf, runsCode } from './reflect.ts';

const { getPrototypeOf, getOwnPropertyDescriptor, hasOwn } = Object;
const TRUSTED = new Set<object>(
  [Object, Function, Array, Map, Set, WeakMap, WeakSet, Promise, Date, RegExp, Number, String, Boolean, Symbol, BigInt]
    .map((each) => each.prototype as object)
    .concat(
      [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map(
        (e) => e.prototype,
      ),
    )
    .concat([ArrayBuffer.prototype, DataView.prototype, Buffer.prototype, Uint8Array.prototype]),
);
const READ_KEYS = [inspect.custom, Symbol.toStringTag, 'constructor'] as const;
const CALLED_KEYS = [inspect.custom, 'constructor'] as const;
const ERROR_KEYS = ['name', 'message', 'stack', 'cause', 'errors', 'toString'] as const;
const hasInstance = Function.prototype[Symbol.hasInstance];

/** What a survey of a value found. */
export interface Survey {
  /** util.inspect would run none of its code and end soon. */
  readonly tame: boolean;
  /** How many levels of it to show. */
  readonly depth: number;
}

/** Walks a value level by level, as deep as it would be shown. */
export function survey(value: unknown, bounds: Bounds = LIMITS): Survey {
  let level = [value];
  let tame = true;
  let weight = 0;
  // One level more: inspect reads the special keys of the first level it does not show, for the label.
  for (let depth = 0; depth <= bounds.depth + 1 && level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const each of level) {
      if (!isObject(each)) continue;
      if (isHazard(each) || isClosed(each)) tame = false;
      else if (depth <= bounds.depth) addChildren(each, next, bounds.items);
      if (next.length > bounds.nodes) break;
    }
    for (const child of next)
      weight += weightAt(depth) + (typeof child === 'string' ? Math.min(child.length, bounds.string) / 50 : 0);
    if (weight > bounds.nodes) {
      // A level that was cut short was not examined completely: only a copy is sure to be tame.
      const whole = level.every((each) => !isObject(each) || !(isHazard(each) || isClosed(each)));
      return { tame: tame && whole, depth: Math.max(0, depth - 1) };
    }
    level = next;
  }
  return { tame, depth: bounds.depth };
}

/**
 * True if inspect shows what cannot be surveyed: a promise's value, the entries of an iterator, whatever an inspect method
 * of its own gives. Or if the text of an error is not in the words of the person.
 */
function isClosed(value: object): boolean {
  if (types.isPromise(value) || types.isMapIterator(value) || types.isSetIterator(value)) return true;
  if (ownTextOf(value)) return true;
  return types.isNativeError(value) && [value.message, value.stack].some((text) => text?.includes(SUFFIX));
}

/** True if showing this one object, without its children, could run its code or take long. */
export function isHazard(value: object): boolean {
  if (types.isProxy(value)) return true;
  if (hasOwnTrustedShape(value)) return isLarge(value);
  // If it has an inspect method, that is called before the tag is read, so the tag may be a getter, as a coroutine's is.
  const read = methodOf(value, inspect.custom) ? CALLED_KEYS : READ_KEYS;
  if (read.some((key) => runsCode(value, key)) || hasOddConstructor(value)) return true;
  if (isErrorLike(value) && ERROR_KEYS.some((key) => runsCode(value, key))) return true;
  if (types.isRegExp(value) && ['source', 'flags'].some((key) => runsCode(value, key))) return true;
  if (typeof value === 'function' && runsCode(value, 'name')) return true;
  return isLarge(value);
}

/** A native error, or an object that inherits from Error.prototype. */
export function isErrorLike(value: object): boolean {
  if (types.isNativeError(value)) return true;
  let at: object | null = value;
  for (let link = 0; at !== null && link <= LIMITS.links && !types.isProxy(at); link++) {
    if (at === Error.prototype) return true;
    at = getPrototypeOf(at);
  }
  return false;
}

// Plain objects and arrays, the bulk of all data: their prototype is a built-in one.
function hasOwnTrustedShape(value: object): boolean {
  const prototype = getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
  return !READ_KEYS.some((key) => hasOwn(value, key));
}

// inspect asks `value instanceof constructor` and reads the constructor's name, at every link of the chain.
function hasOddConstructor(value: object): boolean {
  let at: object | null = value;
  for (let link = 0; at !== null && !TRUSTED.has(at); link++) {
    if (link > LIMITS.links || types.isProxy(at)) return true;
    const maker: unknown = getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof maker === 'function') {
      if (types.isProxy(maker) || runsCode(maker, 'name') || runsCode(maker, 'prototype')) return true;
      if (dataOf(maker, Symbol.hasInstance) !== hasInstance && !isForeign(maker)) return true;
    }
    at = getPrototypeOf(at);
  }
  return false;
}

// A class of another realm (node:vm) has that realm's Function.prototype, whose instance test is native too.
function isForeign(maker: object): boolean {
  const test = descriptorOf(maker, Symbol.hasInstance);
  return typeof test === 'object' && test.writable === false && test.configurable === false;
}

function isLarge(value: object): boolean {
  if (types.isTypedArray(value) || types.isBoxedPrimitive(value)) return false;
  const items = Array.isArray(value) ? value.length : 0;
  return items > 1_000 || hasMoreKeys(value, LIMITS.keys + items);
}

function addChildren(value: object, children: unknown[], items: number): void {
  if (types.isTypedArray(value) || types.isBoxedPrimitive(value) || methodOf(value, inspect.custom)) return;
  if (types.isMap(value)) for (const entry of firstEntries(value, items)) children.push(...entry);
  if (types.isSet(value)) children.push(...firstValues(value, items));
  for (const key of keysOf(value) ?? []) {
    const property = getOwnPropertyDescriptor(value, key);
    if (property && 'value' in property) children.push(property.value);
  }
}
