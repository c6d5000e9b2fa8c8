// Objects of the page that keep their methods. What a cell breaks here, it breaks for its own page alone.

/** The object. */
export function keepMethods<Kept extends object>(kept: Kept): Kept {
  return kept;
}
