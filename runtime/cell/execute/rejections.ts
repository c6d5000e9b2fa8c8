// Rejections that nobody has handled yet. Node asks once all microtasks have run, and in a program an await of what is
// settled takes one microtask. Here it takes a turn of the loop: while the next one is due, the program may still handle
// what was rejected. How an unhandled one is told is in late.ts.

import { setImmediate } from '#host/native-timers';
import { asOwner, currentOwner, type Owner } from '../interrupt/owner.ts';

/** After so many turns, a rejection is told though the loop is busy: each takes a millisecond at most. */
const MOST_TURNS = 64;

/** Rejections on hold. */
export interface Rejections {
  /** Calls `tell` with the reason and who caused it, unless the promise is handled before the loop comes to rest. */
  hold(reason: unknown, promise: object): void;
  /** The promise was handled after all. */
  handled(promise: object): void;
  /** Calls back once Node has reported all rejections of before, and nothing is on hold. */
  settled(resume: () => void): void;
  /**
   * A callback of the person's is about to run, and may run for ever: where nothing is on hold, whoever waits is called back
   * before it. Node has reported by then.
   */
  beforeCallback(): void;
}

/** `told` hears that all have been told. `isDue`: whether the loop's next turn is due. `asKernel` calls what must not be interrupted. */
export function createRejections(
  tell: (reason: unknown, owner: Owner) => void,
  told: () => void,
  isDue: () => boolean,
  asKernel: (call: () => void) => void,
): Rejections {
  const held = new Map<object, { readonly reason: unknown; readonly owner: Owner }>();
  const waiting: { readonly resume: () => void; readonly owner: Owner }[] = [];
  let turns = 0;
  let looking = false;
  const lookSoon = (): void => {
    if (looking) return;
    looking = true;
    // Behind the loop's own immediate, and what Node finds handled after it.
    setImmediate(() => asKernel(look));
  };
  const look = (): void => {
    looking = false;
    turns += 1;
    if (held.size > 0 && turns < MOST_TURNS && isDue()) {
      lookSoon();
      return;
    }
    const all = [...held.values()];
    held.clear();
    turns = 0;
    for (const { reason, owner } of all) tell(reason, owner);
    told();
    release();
  };
  const release = (): void => {
    for (const { resume, owner } of waiting.splice(0)) asOwner(owner, resume);
  };
  return {
    hold(reason, promise) {
      held.set(promise, { reason, owner: currentOwner() });
      lookSoon();
    },
    handled(promise) {
      held.delete(promise);
    },
    settled(resume) {
      waiting.push({ resume, owner: currentOwner() });
      // Node reports rejections only once all ticks and microtasks are done, so perhaps of this cell's none is known yet.
      lookSoon();
    },
    beforeCallback() {
      if (held.size === 0 && waiting.length > 0) release();
    },
  };
}
