// The memory that a page shares with the worker of its cells: what the page says while the worker spins or blocks. Where a
// page is not isolated from others there is no shared memory; the words are then the worker's own, and what they would say
// the worker asks the page's service worker (mail.ts). Without one, messages tell the same later.

import { FLAG } from '../../compile/flag.ts';

export { CLEANUP_MS } from '../interrupt/states.ts';

/** What loops look at: 0; 1 while an interrupt is raised; 2 where `finally` is to stop too. Both write it; see `pull`. */
export const STOP = 0;
/** A global function that says what STOP is, and asks for mail where there is some. */
export const ASK_FLAG = `${FLAG}_ask`;

/** The number of the newest interrupt. Written by the page. */
export const PRESSED = 1;
/** The last execution that it is for. Written by the page, before PRESSED. */
export const PRESSED_FOR = 2;
/** The execution whose clean-up has had its time. Written by the page. */
export const FORCED = 3;
/** The bytes of the answer to a question on which the worker blocks, plus one; 0 while there is none. Written by the page. */
export const ANSWERED = 4;
/** How many turns loops may take before they call that function. The worker's own. */
export const TURNS = 5;
/** How many events the page has taken from the worker, modulo 2³². Written by the page. */
export const TAKEN = 6;
const WORDS = 7;

/** How many events the worker may be ahead of a page that shares these words: one that prints for ever must not bury it. */
export const AHEAD = 64;

/**
 * Where loops look, as an expression; see CompilerOptions. `asks`: there is mail to ask for. V8 reads the word anew in each
 * turn; other engines take it out of the loop, so there a function is called now and then.
 */
export function stopCheck(asks: boolean): string {
  // Its stacks begin with the error's name; those of others, with the place.
  const isV8 = new Error().stack?.startsWith('Error') ?? false;
  return isV8 && !asks ? `${FLAG}[${STOP}]` : `(--${FLAG}[${TURNS}] < 0 ? ${ASK_FLAG}() : ${FLAG}[${STOP}])`;
}

/** The longest answer, in bytes of UTF-8. */
const ANSWER_BYTES = 64 * 1024;

/** The words, and room for an answer. */
export interface SharedWords {
  readonly words: Int32Array;
  readonly answer: Uint8Array;
  /** Whether the page sees them too. */
  readonly shared: boolean;
}

/** The bytes of them that are to be shared. */
export function sharedMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT + ANSWER_BYTES);
}

/** The words in that memory, or in the worker's own. */
export function wordsIn(memory: SharedArrayBuffer | undefined): SharedWords {
  const bytes = memory ?? new ArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT);
  return {
    words: new Int32Array(bytes, 0, WORDS),
    answer: new Uint8Array(bytes, WORDS * Int32Array.BYTES_PER_ELEMENT),
    shared: memory !== undefined,
  };
}
