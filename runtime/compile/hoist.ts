// What is moved to the start of a cell: functions and imports.

import type { Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';

/** Moves functions to the start of the cell, and imports after them, unless they are there already. */
export function hoist(
  rewrite: Rewrite,
  functions: readonly Node[],
  imports: readonly Node[],
  body: readonly Node[],
): void {
  const first = new Set(functions);
  const second = new Set(imports);
  moveBefore(
    rewrite,
    functions,
    body.find((statement) => !first.has(statement)),
  );
  moveBefore(
    rewrite,
    imports,
    body.find((statement) => !first.has(statement) && !second.has(statement)),
  );
}

function moveBefore(rewrite: Rewrite, nodes: readonly Node[], target: Node | undefined): void {
  if (target === undefined) return;
  for (const node of nodes) if (node.start > target.start) rewrite.edits.move(node.start, node.end, target.start);
}
