// The shape of the answers to one exercise.

export interface Answers {
  readonly right: readonly unknown[];
  readonly wrong: readonly Wrong[];
}

/** A wrong answer, and what the check must say of it. */
export type Wrong = readonly [given: unknown, said: RegExp];
