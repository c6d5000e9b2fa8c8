// How much of a value is shown, in one place. What the limits are applied to is in tame.ts, copy.ts and plain.ts.

/** Bounds of a shown value. A screen holds some 5,000 characters; what is beyond is there by asking for a part. */
export const LIMITS = {
  /** Levels of nesting. Node shows 2, Deno 4. */
  depth: 4,
  /** Elements of an array, a Map or a Set. */
  items: 100,
  /** Properties of one object. */
  keys: 200,
  /** Values in all; beyond it fewer levels are shown. */
  nodes: 5_000,
  /** Characters of one string. */
  string: 10_000,
  /** Characters in all. */
  text: 100_000,
  /** Links of a prototype chain that are looked at. */
  links: 50,
} as const;
