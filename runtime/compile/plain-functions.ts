// Functions that stay functions: visits their parameters and bodies, and removes what only TypeScript reads.

import type { ArrowFunctionExpression, Function as FunctionNode, Node } from 'oxc-parser';
import { find } from './erase-types.ts';
import type { Kind, Rewrite, Site } from './rewrite.ts';
import { functionNames } from './scopes.ts';

/** Any function. */
export type AnyFunction = FunctionNode | ArrowFunctionExpression;

/** Transforms a function that is not a coroutine literal. */
export function visitFunction(rewrite: Rewrite, node: AnyFunction, site: Site): void {
  const kind: Kind = node.async ? 'async' : 'plain';
  const arrow = node.type === 'ArrowFunctionExpression';
  visitParts(rewrite, node, {
    ...site,
    kind,
    cleanup: false,
    captures: arrow ? site.captures : undefined,
    later: true,
  });
}

/** Visits parameters and body as parts of the function. */
export function visitParts(rewrite: Rewrite, node: AnyFunction, inside: Site): void {
  rewrite.ancestors.push(node);
  const types = node.typeParameters;
  // Up to the parenthesis: otherwise a line break after them would separate `async` from it.
  if (types) rewrite.erase(types.start, find(rewrite.source, '(', types.end), '');
  eraseThisParameter(rewrite, node);
  rewrite.scopes.within(functionNames(node), () => {
    for (const parameter of node.params) if (!isThis(parameter)) rewrite.visit(parameter, inside);
    rewrite.visit(node.returnType, inside);
    rewrite.visit(node.body, inside);
  });
  rewrite.ancestors.pop();
}

function isThis(parameter: Node): boolean {
  return parameter.type === 'Identifier' && parameter.name === 'this';
}

function eraseThisParameter(rewrite: Rewrite, node: AnyFunction): void {
  const [first, second] = node.params;
  if (first === undefined || !isThis(first)) return;
  const comma = find(rewrite.source, ',', first.end);
  const close = find(rewrite.source, ')', first.end);
  rewrite.erase(first.start, second?.start ?? (comma < close ? comma + 1 : first.end), '');
}
