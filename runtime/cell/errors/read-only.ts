// The error of an assignment to a notebook's constant, worded as that of any other constant: to V8 it is a read-only
// property of the global object.

/** How V8 refuses to write to a property; the second where the property has a getter. */
const READ_ONLY = [
  /^Cannot assign to read only property '(.+)' of object '#<Object>'$/,
  /^Cannot set property (.+) of #<Object> which has only a getter$/,
];

/** Rewords the error where it is about a constant; returns every other error as it is. */
export function constantNamed(error: unknown, isConstant: (name: string) => boolean): unknown {
  if (!(error instanceof TypeError)) return error;
  const name = READ_ONLY.map((wording) => wording.exec(error.message)?.[1]).find((found) => found !== undefined);
  if (name !== undefined && isConstant(name)) error.message = `Assignment to constant variable '${name}'.`;
  return error;
}
