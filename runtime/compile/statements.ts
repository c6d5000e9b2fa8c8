// What applies to every statement: how it ends, and what happens to an unused value.

import type { ExpressionStatement, Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';

/** Marks a call whose value is unused, so that a coroutine that is lost there is reported at once. */
export function dropCall(rewrite: Rewrite, node: ExpressionStatement): void {
  let call: Node = node.expression;
  while (call.type === 'ParenthesizedExpression' || call.type === 'ChainExpression') call = call.expression;
  if (call.type !== 'CallExpression' || call.callee.type === 'Super') return;
  const { start, end } = node.expression;
  rewrite.before(start, `${rewrite.names.co}.drop(`);
  rewrite.after(end, `, ${rewrite.line(call.start)}, ${JSON.stringify(rewrite.file)})`);
}

/** Ends a statement that relies on a line break, because the next line may begin differently after the transform. */
export function terminate(rewrite: Rewrite, node: Node): void {
  if (rewrite.source.charCodeAt(node.end - 1) !== 59) rewrite.after(node.end, ';');
}
