// The phases of a coroutine's life, as the numbers that its `phase` holds. Constants only, so that both the coroutine and
// what watches for unawaited ones can import them.

/** Its body has not begun. */
export const CREATED = 0;
/** Its body has begun and not ended: it runs or is suspended. */
export const STARTED = 1;
/** Its body ended, or it was closed. */
export const CLOSED = 2;
/** Created, and watched in case it is dropped unawaited (unawaited.ts). */
export const WATCHED = 3;
/** Created, and owned by a task, so it cannot be dropped. */
export const TAKEN = 4;
