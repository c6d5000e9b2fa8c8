// Done callbacks of the library itself: each stands for a wait, of a gather, wait or task group, which call graphs see
// through and which a termination must not lose.

import type { Wait } from './types.ts';

const behind = new WeakMap<object, () => Wait | null>();

/** @internal A done callback that stands for a wait: of gather, wait, a task group. */
export function standsFor(callback: object, future: () => Wait | null): void {
  behind.set(callback, future);
}

/** @internal True for the library's own callbacks. */
export function isStandIn(callback: object): boolean {
  return behind.has(callback);
}

/** @internal The wait that a callback stands for; null for any other callback. */
export function standIn(callback: object): Wait | null {
  return behind.get(callback)?.() ?? null;
}
