// Errors whose message V8 made, worded with names as the person wrote them: without the suffix that a notebook's names
// have (runtime/compile/suffix.ts), and a constant's in the words for any other constant.

import { types } from 'node:util';
import { SUFFIX, withoutSuffix } from '../../compile/suffix.ts';

/** The errors whose messages name identifiers. */
const MADE_BY_V8 = new Set(['TypeError', 'ReferenceError', 'SyntaxError']);

/** How V8 refuses to write to a property of the notebook's; the second where it is read anew each time. */
const READ_ONLY = [
  new RegExp(`^Cannot assign to read only property '(.+)${SUFFIX}' of object '#<Object>'$`),
  new RegExp(`^Cannot set property (.+)${SUFFIX} of #<Object> which has only a getter$`),
];

/** The same error, its message reworded where it has one of a notebook's names. */
export function reworded<T>(error: T): T {
  if (!types.isNativeError(error)) return error;
  const message: unknown = Object.getOwnPropertyDescriptor(error, 'message')?.value;
  if (typeof message !== 'string' || !message.includes(SUFFIX)) return error;
  try {
    if (MADE_BY_V8.has(error.name)) error.message = rewordedText(message);
  } catch {
    // It is frozen, or has a name of its own that throws.
  }
  return error;
}

function rewordedText(message: string): string {
  const name = READ_ONLY.map((wording) => wording.exec(message)?.[1]).find((found) => found !== undefined);
  return name === undefined ? withoutSuffix(message) : `Assignment to constant variable '${name}'.`;
}
