// When the watcher looks at the memory of the process: often while that works, hardly ever while it rests, so that an idle
// kernel costs nothing. The main thread agrees to a rest, and says when it is over. What comes of too much is in watcher.ts.

import { createHook } from 'node:async_hooks';
import type { ToWatcher } from './shared-memory.ts';

/** Between two looks while the process works, in milliseconds. */
export const LOOK_MS = 200;
/** So many looks in a row, a second, at which the process had hardly worked, and it may rest. */
const STILL_LOOKS = 5;
/** Between two looks while it rests: for what works beside the main thread, such as a worker, and tells nobody. */
export const REST_MS = 15_000;
/** The share of a processor that is no work: the looks take a tenth of it. */
const STILL_SHARE = 0.02;

/** What the watch needs. Times are in milliseconds. */
export interface MemoryHooks {
  /** Looks: ends the process if it has too much. */
  readonly look: () => void;
  /** The processor time of all threads of the process. */
  readonly worked: () => number;
  /** Asks the main thread to agree to a rest, by a number that never comes again. */
  readonly ask: (rest: number) => void;
  readonly setTimeout: (call: () => void, milliseconds: number) => number;
  readonly clearTimeout: (timer: number) => void;
}

/** What the main thread says. */
export interface MemoryWatch {
  /** It agrees to that rest: it does nothing, and will say so as soon as it does something. */
  rests(rest: number): void;
  /** That rest is over. */
  works(rest: number): void;
}

/** Watches from now on. */
export function watchMemory(hooks: MemoryHooks): MemoryWatch {
  let asked = 0;
  let resting = false;
  let still = 0;
  let worked = hooks.worked();
  let timer = 0;
  const wait = () => {
    const pause = resting ? REST_MS : LOOK_MS;
    timer = hooks.setTimeout(() => {
      const now = hooks.worked();
      still = now - worked < pause * STILL_SHARE ? still + 1 : 0;
      worked = now;
      resting &&= still > 0;
      hooks.look();
      if (still >= STILL_LOOKS && !resting) hooks.ask(++asked);
      wait();
    }, pause);
  };
  wait();
  return {
    rests(rest) {
      resting = rest === asked;
    },
    works(rest) {
      if (rest !== asked) return;
      resting = false;
      still = 0;
      hooks.clearTimeout(timer);
      wait();
    },
  };
}

/**
 * For the main thread: agrees to rests. A rest ends before Node's next callback, whatever that is, for it may never return.
 * The hook is on only meanwhile, and not for promises, which would be slower ever after.
 */
export function agreeToRests(tell: (message: ToWatcher) => void): (rest: number) => void {
  let agreed = 0;
  const hook = createHook({
    trackPromises: false,
    before() {
      hook.disable();
      tell({ type: 'works', rest: agreed });
    },
  });
  return (rest) => {
    agreed = rest;
    hook.enable();
    tell({ type: 'rests', rest });
  };
}
