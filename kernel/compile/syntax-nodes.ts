// The nodes of a parsed tree as the readers of cells see them, and the names that patterns bind.

import { boundNames as namesOf } from '../../runtime/compile/bound-names.ts';

/** A node of the parsed tree: it has a type and a place; everything else is looked up by name. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The names that a pattern binds. */
export function boundNames(pattern: Node | null): string[] {
  return pattern ? namesOf(pattern as never) : [];
}
