// `_` and `Out[n]`: the values that cells showed. A notebook may take either name for its own.

import type { Names } from './notebook-names.ts';

export interface Out {
  /** Keeps the value of cell `count`. */
  keep(count: number, value: unknown): void;
}

/** Presets the two names. */
export function createOut(names: Names): Out {
  const values: Record<number, unknown> = Object.create(null);
  let latest: unknown;
  names.preset('Out', { value: values, writable: true });
  // A cell that assigns to `_` without declaring it takes it too.
  const set = (value: unknown): void => names.preset('_', { value, writable: true });
  names.preset('_', { get: () => latest, set });
  return {
    keep(count, value) {
      values[count] = value;
      latest = value;
    },
  };
}
