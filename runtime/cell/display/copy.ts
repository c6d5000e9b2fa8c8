// A tame copy of a value that util.inspect must not see itself: the same shape, none of its code, bounded in size.
// It is shown once and thrown away.

import { inspect, types } from '#host/inspection';
import { internalOf } from '#host/internals';
import { withoutSuffix } from '../../compile/suffix.ts';
import { type Bounds, cut, LIMITS, SHALLOW, weightAt } from './limits.ts';
import { isListed, keysOf } from './listing.ts';
import { GivenUp, isRefused, ownCode } from './own-code.ts';
import { type OwnText, ownTextOf } from './own-text.ts';
import { classNameOf, dataOf, firstEntries, firstValues, isObject, methodOf, sizeOf, targetOf } from './reflect.ts';
import { isErrorLike, isHazard } from './tame.ts';

const { getOwnPropertyDescriptor, getPrototypeOf, defineProperty } = Object;
/** Counts beyond this are inexact if a copy is shown: a million entries take 0.1 s. */
const MOST = 1_000_000;
const functionText = Function.prototype.toString;

interface Copying {
  readonly bounds: Bounds;
  /** How many values may still be copied. */
  budget: { left: number };
  /** How many characters inspect methods may still give. */
  readonly room: { left: number; givenUp?: boolean };
  /** False if the values' own inspect methods cannot be trusted either. */
  readonly ownMethods: boolean;
  /** Once the budget is spent, the copy is thrown away, and another one is made with fewer levels. */
  readonly retried: boolean;
  /** A value whose own inspect method returned the value itself. */
  readonly bare?: object;
  /** The values around the one being copied, to detect circles. */
  readonly path: Map<object, object>;
  /** Those around the text of a proxy, which inspect writes by itself: it would see no circle through it. */
  outside: ReadonlySet<object>;
}

/** A copy, and how many elements of each array it shows. */
export interface Copy {
  readonly likeness: unknown;
  readonly items: number;
}

/**
 * A copy of `value`, at most `bounds.depth` levels deep. If there are too many values, it has fewer elements of each
 * array, as far as more than usual were asked for, then fewer levels.
 */
export function copyOf(value: unknown, bounds: Bounds, ownMethods = true): Copy {
  for (let { items } = bounds; ; items = Math.max(LIMITS.items, items >> 2)) {
    const budget = { left: bounds.nodes };
    const room = { left: bounds.text };
    const around = {
      bounds: { ...bounds, items },
      budget,
      room,
      ownMethods,
      retried: false,
      path: new Map(),
      outside: new Set<object>(),
    };
    // A try takes 20 ms: of very many elements only one is made.
    const shallow = items > bounds.nodes / 8 ? bounds.depth : Math.min(SHALLOW, bounds.depth);
    const least = items > LIMITS.items ? shallow : 0;
    const made = fittingCopy(value, 0, around, least);
    if (made) return { likeness: made.likeness, items };
  }
}

/** A copy with as many levels as there is a budget for; undefined if that are fewer than `least`. */
function fittingCopy(value: unknown, level: number, around: Copying, least: number): { likeness: unknown } | undefined {
  for (let { depth } = around.bounds; ; depth = shallower(depth, least)) {
    const budget = { left: around.budget.left };
    const bounds = { ...around.bounds, depth };
    const retried = depth > level;
    const state = { ...around, bounds, budget, retried, path: new Map<object, object>(), outside: new Set<object>() };
    const likeness = copy(value, level, state);
    if (isVain(state)) {
      if (least > 0 && depth <= least) return undefined;
      continue;
    }
    // What inspect methods give while the copy is shown is of the same budget.
    state.budget = around.budget;
    state.budget.left = budget.left;
    return { likeness };
  }
}

function isVain({ retried, budget }: Copying): boolean {
  return retried && budget.left <= 0;
}

function shallower(depth: number, least: number): number {
  if (least > 0) return least;
  return depth > 10 ? 10 : depth > 5 ? 5 : depth - 1;
}

function copy(value: unknown, level: number, state: Copying): unknown {
  if (!isObject(value)) return value;
  const circle = state.path.get(value);
  if (circle) return state.outside.has(value) ? label('[Circular]') : circle;
  if (state.budget.left <= 0) return label('…');
  state.budget.left -= weightAt(level);
  if (types.isProxy(value)) return copyProxy(value, level, state);
  if (typeof value === 'function') return isPlainFunction(value) ? value : label(functionLabel(value));
  const own = state.ownMethods && value !== state.bare ? ownTextOf(value) : undefined;
  if (own) return describing(value, own, level, state);
  if (isErrorLike(value) && isHazard(value)) return label(errorLabel(value));
  if (isLeaf(value)) return isHazard(value) ? label(`[${classNameOf(value) ?? 'Object'}]`) : value;
  if ((level > state.bounds.depth && !isErrorLike(value)) || !isKnown(value))
    return label(Array.isArray(value) ? '[Array]' : `[${classNameOf(value) ?? 'Object: null prototype'}]`);
  return copyParts(value, level, state);
}

/** What a value's own inspect method gives: its text, or a value that is copied like any other. */
function describing(value: object, own: OwnText, level: number, state: Copying): object {
  const { bounds, room } = state;
  const shortened = (text: string): string => {
    const shown = cut(text, room.left);
    room.left -= shown.length;
    return shown;
  };
  const likeness = (given: unknown, at: number, depth: number): unknown =>
    fittingCopy(given, at, { ...state, bounds: { ...bounds, depth }, bare: value }, 0)?.likeness;
  // What Node hands to such a method, bounded.
  const inspectBounded = (given: unknown, options: { readonly depth?: number | null } = {}): string => {
    const depth = Math.min(options.depth ?? bounds.depth, bounds.depth);
    return shortened(inspect(likeness(given, 0, depth), { ...options, depth }));
  };
  Object.assign(inspectBounded, { custom: inspect.custom, defaultOptions: inspect.defaultOptions });
  return {
    [inspect.custom](depth: number, options: object) {
      // One that never ends is enough for one text.
      if (room.givenUp || isRefused()) return `[${classNameOf(value) ?? 'Object'}]`;
      let given: unknown;
      try {
        given = ownCode(() => own.call(value, depth, options, inspectBounded));
      } catch (failure) {
        if (!(failure instanceof GivenUp)) throw failure;
        room.givenUp = true;
        return `[${classNameOf(value) ?? 'Object'}: ${failure.message}]`;
      }
      if (!isObject(given)) return shortened(String(given));
      return likeness(given, level, bounds.depth);
    },
  };
}

function copyProxy(proxy: object, level: number, state: Copying): unknown {
  // Each costs a call of the inspector; the budget suffices for any well-meant value.
  state.budget.left -= 50;
  const target = state.budget.left > 0 ? targetOf(proxy) : undefined;
  if (target === undefined) return label('[Proxy]');
  if (target === null) return label('<Revoked Proxy>');
  const { outside } = state;
  state.outside = new Set(state.path.keys());
  const likeness = level > LIMITS.links ? label('…') : copy(target, level + 1, state);
  state.outside = outside;
  if (likeness === target) return target;
  // It says itself what it is.
  if (state.ownMethods && ownTextOf(target)) return likeness;
  return label((options) => `Proxy(${inspect(likeness, options)})`);
}

function copyParts(value: object, level: number, state: Copying): object {
  const likeness = innerLike(value, level, state) ?? shellOf(value);
  state.path.set(value, likeness);
  try {
    const { items } = state.bounds;
    if (types.isMap(value)) {
      for (const [key, each] of firstEntries(value, items + 1)) {
        if (isVain(state)) break;
        (likeness as Map<unknown, unknown>).set(copy(key, level + 1, state), copy(each, level + 1, state));
      }
      fillUp(value, items, (at) => (likeness as Map<unknown, unknown>).set(at, at));
    } else if (types.isSet(value)) {
      for (const each of firstValues(value, items + 1)) {
        if (isVain(state)) break;
        (likeness as Set<unknown>).add(copy(each, level + 1, state));
      }
      fillUp(value, items, (at) => (likeness as Set<unknown>).add(at));
    }
    if (isErrorLike(value)) copyError(value, likeness, level, state);
    if (Array.isArray(value)) copyItems(value, likeness, level, state);
    else copyProperties(value, likeness, level, state);
  } finally {
    state.path.delete(value);
  }
  return likeness;
}

/** The likeness of a value whose parts only V8 can tell. */
function innerLike(value: object, level: number, state: Copying): object | undefined {
  const isIterator = types.isMapIterator(value) || types.isSetIterator(value);
  if (!isIterator && !types.isPromise(value)) return undefined;
  // Each costs calls of the inspector.
  state.budget.left -= 10;
  // A circle is cut here.
  state.path.set(value, label(isIterator ? '[Iterator]' : '[Promise]'));
  if (isIterator) return iteratorLike(value, level, state);
  const likeness = promiseLike(value, level, state);
  const name = classNameOf(value);
  if (name === 'Promise') return likeness;
  return Object.setPrototypeOf(
    likeness,
    { [name ?? '']: class extends Promise<unknown> {} }[name ?? '']?.prototype ?? null,
  );
}

/** A promise in the same state, of a likeness. */
function promiseLike(value: object, level: number, state: Copying): Promise<unknown> {
  const settled = state.budget.left > 0 ? internalOf(value, '[[PromiseState]]') : 'pending';
  if (settled === 'pending') return new Promise(() => {});
  const result = copy(internalOf(value, '[[PromiseResult]]'), level + 1, state);
  // A likeness with a method `then` would be waited for.
  if (settled === 'fulfilled')
    return Promise.resolve(isObject(result) && methodOf(result, 'then') ? label('…') : result);
  const rejected = Promise.reject(result);
  rejected.catch(() => {});
  return rejected;
}

/** An iterator that has the same entries before it. */
function iteratorLike(value: object, level: number, state: Copying): object {
  const found = state.budget.left > 0 ? internalOf(value, '[[Entries]]') : [];
  const entries = Array.from(found as ArrayLike<{ readonly key?: unknown; readonly value: unknown }>);
  const shown = entries.slice(0, state.bounds.items + 1);
  const values = shown.map((entry) => copy(entry.value, level + 1, state));
  while (values.length < entries.length) values.push({});
  const pairs = shown.some((entry) => 'key' in entry);
  if (types.isSetIterator(value)) return pairs ? new Set(values).entries() : new Set(values).values();
  const keys = shown.map((entry, at) => (pairs ? copy(entry.key, level + 1, state) : at));
  const map = new Map(values.map((each, at) => [at < keys.length ? keys[at] : {}, each]));
  return pairs ? map.entries() : map.values();
}

// inspect says how many entries it left out, so the copy gets placeholders to make the count right.
function fillUp(value: Parameters<typeof sizeOf>[0], items: number, add: (at: object) => void): void {
  for (let at = items + 1; at < Math.min(sizeOf(value), MOST); at++) add({});
}

function shellOf(value: object): object {
  if (types.isMap(value)) return new Map();
  if (types.isSet(value)) return new Set();
  if (Array.isArray(value)) return [];
  if (isErrorLike(value)) return errorShell(value);
  const name = classNameOf(value);
  if (name === null) return Object.create(null) as object;
  if (name === 'Object') return {};
  const Named = { [name]: class {} }[name] as new () => object;
  return new Named();
}

/** An error of the same class. */
function errorShell(value: object): object {
  const shell = types.isNativeError(value) ? new Error() : {};
  return Object.setPrototypeOf(shell, getPrototypeOf(value) as object) as object;
}

/** What inspect reads of an error besides its enumerable properties. */
function copyError(value: object, likeness: object, level: number, state: Copying): void {
  const hide = (key: PropertyKey, shown: unknown) =>
    defineProperty(likeness, key, { value: shown, enumerable: false, writable: true, configurable: true });
  hide(inspect.custom, undefined);
  // V8 gave the copy a stack and a message of its own.
  for (const key of ['stack', 'message', 'name']) {
    const property = getOwnPropertyDescriptor(value, key);
    const text: unknown = property?.get ? property.get.call(value) : property?.value;
    if (property || key === 'stack') hide(key, typeof text === 'string' ? withoutSuffix(text) : text);
  }
  for (const key of ['cause', 'errors']) {
    const property = getOwnPropertyDescriptor(value, key);
    if (property && 'value' in property && !property.enumerable) {
      hide(key, level > state.bounds.depth ? label('[Error]') : copy(property.value, level + 1, state));
    }
  }
}

function copyItems(value: readonly unknown[], likeness: object, level: number, state: Copying): void {
  for (let index = 0; index < value.length && index <= state.bounds.items; index++) {
    if (isVain(state)) break;
    copyProperty(value, likeness, String(index), level, state);
  }
  defineProperty(likeness, 'length', { value: value.length });
}

function copyProperties(value: object, likeness: object, level: number, state: Copying): void {
  let shown = 0;
  const keys = keysOf(value) ?? [];
  for (const key of keys) {
    if (level > state.bounds.depth) return;
    if (shown === LIMITS.keys || state.budget.left <= 0) break;
    if (copyProperty(value, likeness, key, level, state)) shown++;
  }
  const rest = keys.length - shown;
  if (shown === LIMITS.keys && rest > 0) {
    defineProperty(likeness, '…', { value: label(`${rest} more keys`), enumerable: true });
  }
}

function isKnown(value: object): boolean {
  return Array.isArray(value) || isListed(value);
}

function copyProperty(value: object, likeness: object, key: PropertyKey, level: number, state: Copying): boolean {
  const property = getOwnPropertyDescriptor(value, key);
  if (!property?.enumerable) return false;
  // A copy must not have it as a method.
  if (key === inspect.custom) return false;
  const shown =
    'value' in property
      ? { value: copy(property.value, level + 1, state), writable: true }
      : { get: property.get && (() => undefined), set: property.set && (() => {}) };
  defineProperty(likeness, key, { ...shown, enumerable: true, configurable: true });
  return true;
}

// Values without parts that could be shown separately.
function isLeaf(value: object): boolean {
  if (types.isMap(value) || types.isSet(value) || Array.isArray(value)) return false;
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isTypedArray(value) ||
    types.isDataView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isBoxedPrimitive(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isModuleNamespaceObject(value)
  );
}

type Text = string | ((options: object) => string);

function label(text: Text): object {
  return { [inspect.custom]: (_depth: number, options: object) => (typeof text === 'string' ? text : text(options)) };
}

/** One that inspect shows by its name alone. */
function isPlainFunction(value: object): boolean {
  return !isHazard(value) && !keysOf(value)?.some((key) => getOwnPropertyDescriptor(value, key)?.enumerable);
}

function functionLabel(value: object): string {
  const name = dataOf(value, 'name');
  const word = functionText.call(value).startsWith('class') ? 'class' : 'Function';
  if (typeof name !== 'string' || name === '')
    return word === 'class' ? '[class (anonymous)]' : '[Function (anonymous)]';
  return word === 'class' ? `[class ${name}]` : `[Function: ${name}]`;
}

function errorLabel(value: object): string {
  const [name, message] = ['name', 'message'].map((key) => dataOf(value, key));
  const said = typeof name === 'string' ? name : (classNameOf(value) ?? 'Error');
  return typeof message === 'string' && message !== ''
    ? `[${said}: ${withoutSuffix(message.slice(0, LIMITS.string))}]`
    : `[${said}]`;
}
