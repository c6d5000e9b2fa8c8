// Variable declarations below a cell's top level. A `var` of the cell is hoisted out of its block.

import type { Node, VariableDeclaration, VariableDeclarator } from 'oxc-parser';
import { isLowered } from './await.ts';
import { boundNames } from './bound-names.ts';
import { useEach } from './disposal.ts';
import { find } from './erase-types.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { terminate } from './statements.ts';

/** Transforms a declaration in a block, a function, or the head of a loop. */
export function visitVariables(rewrite: Rewrite, node: VariableDeclaration, site: Site): void {
  if (node.declare === true) {
    rewrite.erase(node.start, node.end, ';');
    return;
  }
  const head = isLoopHead(rewrite.ancestors.at(-1), node);
  if (!head) terminate(rewrite, node);
  if (node.kind === 'await using' && isLowered(site) && !rewrite.stacks.has(node)) {
    rewrite.fail(node, "'await using' is not supported here: declare it in the enclosing block");
  }
  useEach(rewrite, node);
  for (const declarator of node.declarations) eraseDefinite(rewrite, declarator);
  if (site.kind === 'cell' && node.kind === 'var') {
    refuseTwice(rewrite, node);
    assignVariables(rewrite, node, site, head);
    return;
  }
  rewrite.children(node, site);
}

/** A `var` in a block with a function of that name: the parser does not see it, and as an assignment it would run. */
function refuseTwice(rewrite: Rewrite, node: VariableDeclaration): void {
  const names = new Set(node.declarations.flatMap(({ id }) => boundNames(id)));
  for (const around of rewrite.ancestors) {
    const statements = around.type === 'SwitchStatement' ? around.cases.flatMap(({ consequent }) => consequent) : [];
    for (const statement of around.type === 'BlockStatement' ? around.body : statements) {
      if (statement.type !== 'FunctionDeclaration' || !statement.id || !names.has(statement.id.name)) continue;
      rewrite.fail(node, `Identifier \`${statement.id.name}\` has already been declared`);
    }
  }
}

function isLoopHead(parent: Node | undefined, node: Node): boolean {
  switch (parent?.type) {
    case 'ForStatement':
      return parent.init === node;
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node;
    default:
      return false;
  }
}

/** Removes the `!` of `let x!: T`. */
export function eraseDefinite(rewrite: Rewrite, node: VariableDeclarator): void {
  if (node.definite !== true) return;
  const mark = find(rewrite.source, '!', node.id.start);
  rewrite.replace(mark, mark + 1, '');
}

/** `var a = 1, b` of a cell → `a = 1`: the names themselves are declared at the start of the cell. */
export function assignVariables(rewrite: Rewrite, node: VariableDeclaration, site: Site, head: boolean): void {
  const first = node.declarations[0] as VariableDeclarator;
  const kept = head ? node.declarations : node.declarations.filter((declarator) => declarator.init !== null);
  const keeps = new Set<Node>(kept);
  rewrite.ancestors.push(node);
  if (kept.length === 0) rewrite.replace(node.start, node.end, ';');
  else {
    const parens = !head && kept.some(({ id }) => id.type === 'ObjectPattern');
    if (parens) {
      rewrite.before(node.start, '(');
      rewrite.after((node.declarations.at(-1) as VariableDeclarator).end, ')');
    }
    rewrite.replace(node.start, first.start, '');
    let previous: VariableDeclarator | undefined;
    for (const declarator of node.declarations) {
      if (!keeps.has(declarator)) {
        rewrite.replace(declarator.start, declarator.end, '');
        continue;
      }
      if (previous) rewrite.before(declarator.start, ', ');
      previous = declarator;
      rewrite.ancestors.push(declarator);
      rewrite.visit(declarator.id, { ...site, untyped: true });
      rewrite.visit(declarator.init, site);
      rewrite.ancestors.pop();
    }
    for (let index = 1; index < node.declarations.length; index++) {
      const left = node.declarations[index - 1] as VariableDeclarator;
      rewrite.replace(left.end, (node.declarations[index] as VariableDeclarator).start, '');
    }
  }
  rewrite.ancestors.pop();
}
