// What is moved to the start of a cell: functions, imports, and the names of `var`.

import type { Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';
import { boundNames } from './variables.ts';

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

/** The names that `var` declares anywhere in a cell except in its functions. */
export function hoistedNames(body: readonly Node[]): string[] {
  const names = new Set<string>();
  const walk = (node: Node | null | undefined): void => {
    if (!node) return;
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind === 'var' && node.declare !== true) {
          for (const { id } of node.declarations) for (const name of boundNames(id)) names.add(name);
        }
        return;
      case 'ExportNamedDeclaration':
        walk(node.declaration);
        return;
      case 'BlockStatement':
        node.body.forEach(walk);
        return;
      case 'IfStatement':
        walk(node.consequent);
        walk(node.alternate);
        return;
      case 'ForStatement':
        walk(node.init);
        walk(node.body);
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        walk(node.left);
        walk(node.body);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
        walk(node.body);
        return;
      case 'TryStatement':
        walk(node.block);
        walk(node.handler?.body);
        walk(node.finalizer);
        return;
      case 'SwitchStatement':
        for (const clause of node.cases) clause.consequent.forEach(walk);
        return;
    }
  };
  body.forEach(walk);
  return [...names];
}
