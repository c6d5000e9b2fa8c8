// The keys of an object, listed once for all that looks at a value: V8 needs 0.1 s for a list of 300,000.

import { LIMITS } from './limits.ts';

/** After so many keys no further object is listed. */
const MOST = 300_000;

interface Lists {
  readonly of: Map<object, readonly PropertyKey[]>;
  keys: number;
}

let lists: Lists | undefined;

/** Runs what lists the same objects several times. */
export function listingOnce<T>(call: () => T): T {
  if (lists) return call();
  lists = { of: new Map(), keys: 0 };
  try {
    return call();
  } finally {
    lists = undefined;
  }
}

/** Whether the keys of an object can be had; if not, its class says what it is. */
export function isListed(value: object): boolean {
  return !lists || lists.keys < MOST || lists.of.has(value);
}

/**
 * The own keys of an object; of one with more than are shown only the enumerable ones and symbols. Undefined where too
 * many were listed already. The object must not be a proxy.
 */
export function keysOf(value: object): readonly PropertyKey[] | undefined {
  const known = lists?.of.get(value);
  if (known) return known;
  if (!isListed(value)) return undefined;
  const keys = listed(value);
  lists?.of.set(value, keys);
  if (lists) lists.keys += keys.length;
  return keys;
}

/** Whether an object has more own keys than so many, or too many were listed already to know. It must not be a proxy. */
export function hasMoreKeys(value: object, most: number = LIMITS.keys): boolean {
  return (keysOf(value)?.length ?? Number.POSITIVE_INFINITY) > most;
}

function listed(value: object): readonly PropertyKey[] {
  const names: readonly PropertyKey[] = Object.keys(value);
  if (names.length <= LIMITS.keys) return Reflect.ownKeys(value);
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length === 0 ? names : [...names, ...symbols];
}
