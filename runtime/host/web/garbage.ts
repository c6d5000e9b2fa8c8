// A browser collects when it likes.

/** Nothing to do. */
export function collectGarbage(): void {}
