// A tame copy of a value that util.inspect must not see itself: the same shape, none of its code, bounded in size.
// It is shown once and thrown away.

import { inspect, types } from 'node:util';
import { LIMITS } from './limits.ts';
import { classNameOf, dataOf, firstEntries, firstValues, isObject, methodOf, targetOf } from './reflect.ts';
import { isErrorLike, isHazard } from './tame.ts';

const { getOwnPropertyDescriptor, defineProperty } = Object;
/** Counts beyond this are inexact if a copy is shown: a million entries take 0.1 s. */
const MOST = 1_000_000;
const functionText = Function.prototype.toString;

interface Copying {
  left: number;
  readonly depth: number;
  /** False if the values' own inspect methods cannot be trusted either. */
  readonly ownMethods: boolean;
  /** The values around the one being copied, to detect circles. */
  readonly path: Map<object, object>;
}

/** A copy of `value`, at most `depth` levels deep. */
export function copyOf(value: unknown, depth: number, ownMethods = true): unknown {
  return copy(value, 0, { left: LIMITS.nodes, depth, ownMethods, path: new Map() });
}

function copy(value: unknown, level: number, state: Copying): unknown {
  if (!isObject(value)) return value;
  const circle = state.path.get(value);
  if (circle) return circle;
  if (state.left-- <= 0) return label('…');
  if (types.isProxy(value)) return copyProxy(value, level, state);
  if (typeof value === 'function') return label(functionLabel(value));
  if (isErrorLike(value)) return isHazard(value) ? label(errorLabel(value)) : value;
  if (isLeaf(value, state)) return isHazard(value) ? label(`[${classNameOf(value) ?? 'Object'}]`) : value;
  if (level > state.depth)
    return label(Array.isArray(value) ? '[Array]' : `[${classNameOf(value) ?? 'Object: null prototype'}]`);
  return copyParts(value, level, state);
}

function copyProxy(proxy: object, level: number, state: Copying): unknown {
  // Each costs a call of the inspector; the budget suffices for any well-meant value.
  state.left -= 50;
  const target = state.left > 0 ? targetOf(proxy) : undefined;
  if (target === undefined) return label('[Proxy]');
  if (target === null) return label('<Revoked Proxy>');
  const likeness = level > LIMITS.links ? label('…') : copy(target, level + 1, state);
  if (likeness === target) return target;
  return label((options) => `Proxy(${inspect(likeness, options)})`);
}

function copyParts(value: object, level: number, state: Copying): object {
  const likeness = shellOf(value);
  state.path.set(value, likeness);
  try {
    if (types.isMap(value)) {
      for (const [key, each] of firstEntries(value, LIMITS.items + 1)) {
        (likeness as Map<unknown, unknown>).set(copy(key, level + 1, state), copy(each, level + 1, state));
      }
      fillUp(value, (at) => (likeness as Map<unknown, unknown>).set(at, at));
    } else if (types.isSet(value)) {
      for (const each of firstValues(value, LIMITS.items + 1))
        (likeness as Set<unknown>).add(copy(each, level + 1, state));
      fillUp(value, (at) => (likeness as Set<unknown>).add(at));
    }
    if (Array.isArray(value)) copyItems(value, likeness, level, state);
    else copyProperties(value, likeness, level, state);
  } finally {
    state.path.delete(value);
  }
  return likeness;
}

const sizeOf = {
  Map: Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get,
  Set: Object.getOwnPropertyDescriptor(Set.prototype, 'size')?.get,
};

// inspect says how many entries it left out, so the copy gets placeholders to make the count right.
function fillUp(value: object, add: (at: object) => void): void {
  const size = Number((types.isMap(value) ? sizeOf.Map : sizeOf.Set)?.call(value));
  for (let at = LIMITS.items + 1; at < Math.min(size, MOST); at++) add({});
}

function shellOf(value: object): object {
  if (types.isMap(value)) return new Map();
  if (types.isSet(value)) return new Set();
  if (Array.isArray(value)) return [];
  const name = classNameOf(value);
  if (name === null) return Object.create(null) as object;
  if (name === 'Object') return {};
  const Named = { [name]: class {} }[name] as new () => object;
  return new Named();
}

function copyItems(value: readonly unknown[], likeness: object, level: number, state: Copying): void {
  for (let index = 0; index < value.length && index <= LIMITS.items; index++) {
    copyProperty(value, likeness, String(index), level, state);
  }
  defineProperty(likeness, 'length', { value: value.length });
}

function copyProperties(value: object, likeness: object, level: number, state: Copying): void {
  let shown = 0;
  const keys = Reflect.ownKeys(value);
  for (const key of keys) {
    if (shown === LIMITS.keys || state.left <= 0) break;
    if (copyProperty(value, likeness, key, level, state)) shown++;
  }
  const rest = keys.length - shown;
  if (shown === LIMITS.keys && rest > 0) {
    defineProperty(likeness, '…', { value: label(`${rest} more keys`), enumerable: true });
  }
}

function copyProperty(value: object, likeness: object, key: PropertyKey, level: number, state: Copying): boolean {
  const property = getOwnPropertyDescriptor(value, key);
  if (!property?.enumerable) return false;
  const shown =
    'value' in property
      ? { value: copy(property.value, level + 1, state), writable: true }
      : { get: property.get && (() => undefined), set: property.set && (() => {}) };
  defineProperty(likeness, key, { ...shown, enumerable: true, configurable: true });
  return true;
}

// Values that describe themselves, and values without parts that could be shown separately.
function isLeaf(value: object, { ownMethods }: Copying): boolean {
  if (methodOf(value, inspect.custom)) return ownMethods;
  if (types.isMap(value) || types.isSet(value) || Array.isArray(value)) return false;
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isTypedArray(value) ||
    types.isDataView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isBoxedPrimitive(value) ||
    types.isPromise(value) ||
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
  return typeof message === 'string' && message !== '' ? `[${said}: ${message.slice(0, LIMITS.string)}]` : `[${said}]`;
}
