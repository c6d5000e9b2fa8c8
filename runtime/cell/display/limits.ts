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

/** The bounds of one text; those that a person gave to console.dir may be wider. */
export interface Bounds {
  readonly depth: number;
  readonly items: number;
  readonly string: number;
  readonly nodes: number;
  readonly text: number;
}

/** Where a person asks for longer arrays than usual, these are shortened again before fewer levels are shown. */
export const SHALLOW = 2;

/** A text that is no longer than `most` characters, but for a note of how many are left out. */
export function cut(text: string, most: number = LIMITS.text): string {
  const note = (left: number) => `… (${left} more characters)`;
  if (text.length <= most) return text;
  const kept = Math.max(0, most - note(text.length).length);
  return `${text.slice(0, kept)}${note(text.length - kept)}`;
}

/** What a value at that level counts: each line of it is indented anew for each level around it. */
export function weightAt(level: number): number {
  return 1 + level / 25;
}
