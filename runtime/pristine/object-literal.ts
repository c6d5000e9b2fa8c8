// Objects of the kernel's own where a cell has put members on Object.prototype: these must not shine through.

const { getPrototypeOf, hasOwn, prototype, setPrototypeOf } = Object;
const EMPTY: Readonly<Record<string, unknown>> = {};

/** Whether Object.prototype has members that it had not at the start: enumerable ones, or those that are asked for most. */
export function polluted(): boolean {
  for (const _ in EMPTY) return true;
  return (
    'then' in EMPTY || 'get' in EMPTY || 'set' in EMPTY || 'value' in EMPTY || 'return' in EMPTY || 'toJSON' in EMPTY
  );
}

/** `key in object`, but for what a cell has put on Object.prototype. */
export function has(key: string, object: object): boolean {
  if (hasOwn(object, key)) return true;
  if (!(key in object)) return false;
  for (let at: unknown = getPrototypeOf(object); at && at !== prototype; at = getPrototypeOf(at)) {
    if (hasOwn(at, key)) return true;
  }
  return false;
}

/** Whether a plain object inherits this member. */
export function inherits(key: string): boolean {
  return key in EMPTY;
}

/** What a plain object inherits under this key. */
export function inherited(key: string): unknown {
  return EMPTY[key];
}

/** An object literal: without a prototype, if that one is polluted. */
export function record<Value extends object>(value: Value): Value {
  return polluted() ? setPrototypeOf(value, null) : value;
}
