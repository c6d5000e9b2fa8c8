// Rewords errors that V8 made so that they name things as the person wrote them: without the suffix of a notebook's
// names (runtime/compile/suffix.ts), and with the usual message where a constant is assigned to.

import { types } from '#host/inspection';
import { SUFFIX, withoutSuffix } from '../../compile/suffix.ts';

/** The errors whose messages name identifiers. */
const MADE_BY_V8 = new Set(['TypeError', 'ReferenceError', 'SyntaxError']);

/** The class of the global object, in Node and in a page's worker. */
const REALM = '(?:Object|DedicatedWorkerGlobalScope)';

/** V8's messages for an assignment to a notebook's constant; the second if the constant is read anew at each use. */
const READ_ONLY = [
  new RegExp(`^Cannot assign to read only property '(.+)${SUFFIX}' of object '#<${REALM}>'$`),
  new RegExp(`^Cannot set property (.+)${SUFFIX} of #<${REALM}> which has only a getter$`),
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
