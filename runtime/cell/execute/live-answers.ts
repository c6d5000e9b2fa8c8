// What lives in the running program, for completion and inspection: names, their kinds, short descriptions. No getter
// and no proxy trap of a person's is run.

import { types } from '#host/inspection';
import { SUFFIX } from '../../compile/suffix.ts';
import type { LiveAnswer, LiveLookup, LiveName } from '../../events.ts';
import { plainText } from '../display/plain.ts';
import type { Names } from './notebook-names.ts';
import { stateText } from './state-text.ts';

/** More than a menu can show, few enough to be answered at once. */
const MOST = 2_000;

/** JavaScript's own, taken before function-text.ts replaces it: that one asks the kernel process. */
const functionText = Function.prototype.toString;

/** Answers questions about the notebook's values. */
export function createLiveAnswers(names: Names): (lookup: LiveLookup) => LiveAnswer {
  const atStart = new Set(Object.getOwnPropertyNames(globalThis));
  return ({ id, kind, path }) => {
    const [first, ...rest] = path;
    if (first === undefined)
      return { type: 'live_answer', id, keys: [...new Set([...names.all(), ...given()])].map(named) };
    const found = rest.reduce<Found>(
      (at, key) => (at && 'value' in at ? ownProperty(at.value, key) : undefined),
      names.read(first) ?? ownProperty(globalThis, first),
    );
    if (!found) return { type: 'live_answer', id };
    if (kind === 'describe')
      return { type: 'live_answer', id, text: 'value' in found ? describe(found.value) : '<getter>' };
    return { type: 'live_answer', id, keys: 'value' in found ? keysOf(found.value) : [] };
  };

  function named(name: string): LiveName {
    const found = names.read(name) ?? ownProperty(globalThis, name);
    return { name, kind: found && 'value' in found ? kindOf(found.value) : 'instance' };
  }

  /** What cells and packages have put on the global object, under names of theirs. */
  function given(): string[] {
    return Object.getOwnPropertyNames(globalThis)
      .filter((name) => !atStart.has(name) && !name.endsWith(SUFFIX))
      .slice(0, MOST);
  }
}

function describe(value: unknown): string {
  try {
    return stateText(value) ?? plainText(value);
  } catch {
    // An interrupt ended an inspect method of its own.
    return '…';
  }
}

type Found = { readonly value: unknown } | { readonly getter: true } | undefined;

/** A property without running code: own or inherited, undefined where there is none. */
function ownProperty(holder: unknown, key: string): Found {
  for (let at: unknown = Object(holder); isReadable(at); at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return 'value' in descriptor ? { value: descriptor.value } : { getter: true };
  }
  return undefined;
}

function isReadable(value: unknown): value is object {
  return value !== null && (typeof value === 'object' || typeof value === 'function') && !types.isProxy(value);
}

function keysOf(value: unknown): LiveName[] {
  const keys = new Map<string, LiveName>();
  if (value === null || value === undefined) return [];
  for (let at: unknown = Object(value); isReadable(at) && keys.size < MOST; at = Object.getPrototypeOf(at)) {
    if (at === Object.prototype && keys.size > 0) break;
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (keys.has(name) || /^\d/.test(name)) continue;
      keys.set(name, { name, kind: 'value' in descriptor ? kindOf(descriptor.value) : 'property' });
    }
  }
  return [...keys.values()].slice(0, MOST);
}

function kindOf(value: unknown): string {
  if (typeof value !== 'function') return 'instance';
  if (types.isProxy(value)) return 'function';
  return /^class\b/.test(functionText.call(value)) ? 'class' : 'function';
}
