// What the answers to one exercise are.

export interface Answers {
  readonly right: readonly unknown[];
  readonly wrong: readonly Wrong[];
}

/** A wrong answer, and what shall be said of it. */
export type Wrong = readonly [given: unknown, said: RegExp];
