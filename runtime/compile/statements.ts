// What holds for every statement: where it ends, and what becomes of a value that nobody takes.

import type { ExpressionStatement, Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';

/** Marks a call whose value nobody takes, so that a coroutine lost there is told at once. */
export function dropCall(rewrite: Rewrite, node: ExpressionStatement): void {
  let call: Node = node.expression;
  while (call.type === 'ParenthesizedExpression' || call.type === 'ChainExpression') call = call.expression;
  if (call.type !== 'CallExpression' || call.callee.type === 'Super') return;
  const { start, end } = node.expression;
  rewrite.before(start, `${rewrite.names.co}.drop(`);
  rewrite.after(end, `, ${rewrite.line(call.start)}, ${JSON.stringify(rewrite.file)})`);
}

/** Ends a statement that relies on a line break: what follows may begin differently after the transform. */
export function terminate(rewrite: Rewrite, node: Node): void {
  if (rewrite.source.charCodeAt(node.end - 1) !== 59) rewrite.after(node.end, ';');
}
