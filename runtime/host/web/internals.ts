// What an engine keeps of a value besides its properties: no page is told.

/** Undefined: not known. */
export function internalOf(_value: object, _name: string): unknown {
  return undefined;
}
