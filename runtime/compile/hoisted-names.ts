// The names that `var` declares in a function's or a cell's own statements, however deep in blocks.

import type { Node } from 'oxc-parser';
import { boundNames } from './bound-names.ts';

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
