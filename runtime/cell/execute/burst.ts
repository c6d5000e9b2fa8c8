// Errors that nobody caught, in bounds: a program ends at its first one, but here thousands may come together, and each
// report takes a millisecond, in which nothing else has its turn.

import { setTimeout } from '#host/native-timers';
import type { Owner } from '../interrupt/owner.ts';

/** So many errors are told within one burst. */
export const MOST_TOLD = 100;
/** A burst that nothing ended before is over after this many milliseconds. */
const BURST_MS = 1_000;

/** Counts the errors that come together. */
export interface Burst {
  /** One more error of `owner`: true if it is to be told, false if it was only counted. */
  admits(owner: Owner): boolean;
  /** The others of this burst are only counted. */
  close(): void;
  /** Whether it was closed. */
  readonly closed: boolean;
  /** The burst is over: `left` hears how many errors of each owner were only counted. */
  end(): void;
}

/** Makes the count. `later` calls back after so many milliseconds. */
export function createBurst(
  left: (owner: Owner, count: number) => void,
  later: (call: () => void, milliseconds: number) => void = (call, milliseconds) => {
    setTimeout(call, milliseconds).unref();
  },
): Burst {
  let told = 0;
  let closed = false;
  let waiting = false;
  const counted = new Map<Owner, number>();
  const burst: Burst = {
    admits(owner) {
      if (!waiting) {
        waiting = true;
        later(() => {
          waiting = false;
          burst.end();
        }, BURST_MS);
      }
      told += 1;
      if (!closed && told <= MOST_TOLD) return true;
      counted.set(owner, (counted.get(owner) ?? 0) + 1);
      return false;
    },
    close() {
      closed = true;
    },
    get closed() {
      return closed;
    },
    end() {
      told = 0;
      closed = false;
      const all = [...counted];
      counted.clear();
      for (const [owner, count] of all) left(owner, count);
    },
  };
  return burst;
}
