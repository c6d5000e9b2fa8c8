// The suffix that sets the names of a notebook apart from those of the process: `x` of a cell is `x` followed by U+200C
// in the compiled text, which is legal in an identifier and which nobody writes at the end of one. In comments of this
// project `x°` is such a name. No person ever sees it.

/** ZERO WIDTH NON-JOINER. */
export const SUFFIX = '\u200c';

/** The suffix at the end of an identifier. Within a word it is a letter of Persian and other scripts, and stays. */
const AT_THE_END = /(?<=[\p{ID_Continue}$])\u200c+(?![\p{ID_Continue}$])/gu;

/**
 * Takes the place of `__cell` in texts given to eval and Function, which no cell's own `__cell` reaches. No name of a
 * cell can be the same, because none ends in the suffix itself.
 */
export const TEXT_CELL = `cell${SUFFIX}${SUFFIX}`;

/** A text of V8's (a message, a stack frame, a function's source) with names as the person wrote them. */
export function withoutSuffix(text: string): string {
  return text.includes(SUFFIX) ? text.replace(AT_THE_END, '') : text;
}
