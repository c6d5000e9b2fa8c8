// What the class of a value has for its text: an inspect method, or the toString of a value that has nothing else to
// show. Found without running it.

import { Buffer } from '#host/bytes';
import { inspect, types } from '#host/inspection';
import { keysOf } from './listing.ts';
import { methodOf } from './reflect.ts';

const { getPrototypeOf, hasOwn } = Object;

/** Called as util.inspect calls an inspect method. May return the value itself, which is then shown without it. */
export type OwnText = (...given: unknown[]) => unknown;

/** Node's own inspect methods that show no more than inspect allows them: a Buffer's. */
const NODES_OWN = new Set<unknown>([methodOf(Buffer.prototype, inspect.custom)]);

/** A value's own inspect method, or what stands for one. */
export function ownTextOf(value: object): OwnText | undefined {
  if (isPlain(value)) return undefined;
  const own = methodOf(value, inspect.custom);
  return own ? (NODES_OWN.has(own) ? undefined : own) : textOfBare(value);
}

/** A plain object or array, the bulk of all data, has neither method: seen at once. */
function isPlain(value: object): boolean {
  const prototype: unknown = getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
  return !hasOwn(value, inspect.custom) && !hasOwn(value, 'toJSON');
}

/** The most characters that stand for a value among others. */
const SHORT = 100;
const noClass = Object.prototype.toString;

/**
 * Of a value without properties, of a class that has both toString and toJSON, as Date has: its string. So Temporal's
 * values are shown by their ISO text, where inspect says only `Temporal.Duration {}`.
 */
function textOfBare(value: object): OwnText | undefined {
  if (!methodOf(value, 'toJSON') || types.isDate(value) || types.isTypedArray(value) || typeof value === 'function') {
    return undefined;
  }
  const method = methodOf(value, 'toString');
  if (!method || method === noClass || keysOf(value)?.length !== 0) return undefined;
  return () => {
    const text = method.call(value);
    const says = typeof text === 'string' && text !== '' && text.length <= SHORT && !/^\[object |\n/.test(text);
    return says ? text : value;
  };
}
