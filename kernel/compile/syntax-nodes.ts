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

/** Visits all nodes, outer ones first. */
export function walk(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, enter);
  } else if (typeof value === 'object' && value !== null && typeof (value as Node).type === 'string') {
    const node = value as Node;
    enter(node);
    for (const key in node) if (key !== 'parent') walk(node[key], enter);
  }
}
