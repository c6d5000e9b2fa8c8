// How much of a value is shown, in one place. The limits are applied in tame.ts, copy.ts and plain.ts.

/** Bounds of a shown value. A screen holds some 5,000 characters; to see more, people can show a part of the value. */
export const LIMITS = {
  /** Levels of nesting. Node shows 2, Deno 4. */
  depth: 4,
  /** Elements of an array, a Map or a Set. */
  items: 100,
  /** Properties of one object. */
  keys: 200,
  /** Values in total; if there are more, fewer levels are shown. */
  nodes: 5_000,
  /** Characters of one string. */
  string: 10_000,
  /** Characters in total. */
  text: 100_000,
  /** Links of a prototype chain that are examined. */
  links: 50,
} as const;
