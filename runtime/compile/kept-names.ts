// esbuild's calls that keep the names of functions and classes, in what it makes of a cell.

import type { Node } from 'oxc-parser';
import { childrenOf } from './rewrite.ts';
import type { Writer } from './uses.ts';

/** The name of a decorated class that is exported as `default` and has no name; `own` is the prefix of our names. */
export function defaultName(own: string): string {
  return `${own}default`;
}

/**
 * Removes `__name(f, "f")`, which says nothing, and is wrong where `f` was assigned to: a function is there before it, as
 * in `var f = 1; function f() {}`. The class that we named keeps the name `default`.
 */
export function adaptKeptNames(writer: Writer, nodes: readonly Node[], own: string): void {
  for (const node of nodes) {
    const kept = keptName(node);
    if (kept !== undefined && kept !== defaultName(own)) writer.replace(node.start, node.end, '');
    else if (node.type === 'Literal' && node.value === defaultName(own))
      writer.replace(node.start, node.end, '"default"');
    else adaptKeptNames(writer, childrenOf(node), own);
  }
}

/** The name in `__name(f, "f")`. It is esbuild's: a call of the person's that is a statement lies inside one of ours. */
function keptName(node: Node): string | undefined {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'CallExpression') return undefined;
  const { callee, arguments: given } = node.expression;
  const [target, name] = given;
  if (callee.type !== 'Identifier' || !/^__name\d*$/.test(callee.name)) return undefined;
  const same = target?.type === 'Identifier' && name?.type === 'Literal' && target.name === name.value;
  return same ? target.name : undefined;
}
