// Interrupts in the worker of a page. Nothing can be run in the middle of what a worker runs, and nothing ends it but the
// end of the worker: loops look at memory that the page shares, or ask for mail now and then, and code that does neither is
// ended by the page, with the worker. What an interrupt does is decided in interrupt/interrupts.ts, as in Node.

import { FLAG } from '../../compile/flag.ts';
import type { Guard } from '../interrupt/guard.ts';
import type { Interruptible, InterruptibleHooks } from '../interrupt/interruptible.ts';
import { createInterrupts, type Interrupts, timedHooks } from '../interrupt/interrupts.ts';
import { createWords, LEVEL } from '../interrupt/states.ts';
import type { FromWorker } from './messages.ts';
import { ASK_FLAG, FORCED, PRESSED, PRESSED_FOR, type SharedWords, STOP, TURNS } from './shared-words.ts';

const { load, store } = Atomics;
const { now } = Date;

/** Milliseconds between two questions for mail, each of which takes up to a millisecond. */
const ASK_MS = 200;
/** Milliseconds after which a loop looks at the clock. */
const CLOCK_MS = 20;
const MOST_TURNS = 16_384;

/** Makes them. `tell` sends to the page. */
export function createWebInterrupts(
  { words: page, shared }: SharedWords,
  tell: (message: FromWorker) => void,
  hooks: InterruptibleHooks,
  /** Fetches mail and has it heard; undefined where there is none. */
  ask: (() => void) | undefined,
): Interruptible {
  Object.defineProperty(globalThis, FLAG, { value: page });
  Object.defineProperty(globalThis, ASK_FLAG, { value: createAsking(page, ask) });
  const words = createWords();
  let heard = 0;
  let forced = 0;
  const guard: Guard = {
    enter(call) {
      call();
      return true;
    },
    wasTerminated: () => false,
    asKernel: (call) => call(),
    terminate() {},
  };
  const inner = createInterrupts(words, {
    show() {
      store(page, STOP, words.get(LEVEL));
      // The page writes the number first: what it has written meanwhile is seen here, or its STOP comes after ours.
      if (load(page, PRESSED) > heard || load(page, FORCED) > forced) store(page, STOP, 2);
    },
    asKernel: guard.asKernel,
    ...timedHooks(tell, hooks.consumed),
  });
  /** Hears what the page has written by now. */
  const pull = () => {
    const number = load(page, PRESSED);
    if (number > heard) {
      heard = number;
      inner.hear(number, load(page, PRESSED_FOR));
    }
    const execution = load(page, FORCED);
    if (execution > forced) {
      forced = execution;
      inner.force(execution);
    }
  };
  const pulled =
    <Given extends unknown[], Result>(call: (...given: Given) => Result) =>
    (...given: Given): Result => {
      pull();
      return call(...given);
    };
  const { hear, force } = inner;
  const interrupts: Interrupts = {
    ...inner,
    get stopped() {
      return load(page, STOP);
    },
    // By messages: the memory may be the worker's own.
    hear(number, execution) {
      heard = Math.max(heard, number);
      hear(number, execution);
    },
    force(execution) {
      forced = Math.max(forced, execution);
      force(execution);
    },
    checkInterrupt: pulled(inner.checkInterrupt),
    resumed: shared ? pulled(inner.resumed) : inner.resumed,
    begin: pulled(inner.begin),
    consumeWhileBlocked: pulled(inner.consumeWhileBlocked),
  };
  return {
    interrupts,
    guard,
    // Nothing ends a call but the end of the worker.
    limit(call) {
      call();
      return 'whole';
    },
    showErrors() {},
  };
}

/** What a loop calls when it has taken its turns: returns STOP. How many turns come next depends on how long these took. */
function createAsking(page: Int32Array, ask: (() => void) | undefined): () => number {
  let turns = 1;
  let looked = now();
  let asked = looked;
  return () => {
    const time = now();
    if (time - looked > CLOCK_MS) turns = Math.max(1, turns >> 1);
    else turns = Math.min(MOST_TURNS, turns * 2);
    looked = time;
    page[TURNS] = turns;
    if (ask && time - asked >= ASK_MS) {
      asked = time;
      ask();
    }
    return load(page, STOP);
  };
}
