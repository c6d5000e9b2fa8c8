// `_` and `Out[n]`: the values that cells showed. A notebook may take either name for its own.

export interface Out {
  /** Keeps the value of cell `count`. */
  keep(count: number, value: unknown): void;
}

export function createOut(): Out {
  const values: Record<number, unknown> = Object.create(null);
  let latest: unknown;
  // A name that a cell declares replaces the property, so its own `_` is never overwritten.
  Object.defineProperties(globalThis, {
    Out: { value: values, writable: true, configurable: true },
    _: { get: () => latest, set: assign, configurable: true },
  });
  function assign(value: unknown): void {
    Object.defineProperty(globalThis, '_', { value, writable: true, configurable: true });
  }
  return {
    keep(count, value) {
      values[count] = value;
      latest = value;
    },
  };
}
