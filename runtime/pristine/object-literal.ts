// Objects of the kernel's own where a cell has put members on Object.prototype: these must not shine through.

const { setPrototypeOf } = Object;
const EMPTY: Readonly<Record<string, unknown>> = {};

/** Whether Object.prototype has members that it had not at the start: enumerable ones, or those that are asked for most. */
export function polluted(): boolean {
  for (const _ in EMPTY) return true;
  return (
    'then' in EMPTY || 'get' in EMPTY || 'set' in EMPTY || 'value' in EMPTY || 'return' in EMPTY || 'toJSON' in EMPTY
  );
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
