// Loops: the interrupt check at the head of each body, and `for await` in coroutines.

import type { ForOfStatement, LabeledStatement, Node, Statement } from 'oxc-parser';
import { awaitText, isLowered } from './await.ts';
import type { Rewrite, Site } from './rewrite.ts';

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

/** Transforms a loop, or the labels before one. */
export function visitLoop(rewrite: Rewrite, node: Loop | LabeledStatement, site: Site): void {
  if (node.type === 'LabeledStatement') {
    const loop = labelled(node);
    if (loop.type === 'ForOfStatement' && loop.await && isLowered(site)) lowerForAwait(rewrite, loop, site, node);
    else rewrite.children(node, site);
    return;
  }
  if (node.type === 'ForOfStatement' && node.await && isLowered(site)) {
    lowerForAwait(rewrite, node, site, node);
    return;
  }
  enterBody(rewrite, node.body, checkText(rewrite, site));
  rewrite.children(node, site);
}

function labelled(node: LabeledStatement): Statement {
  let statement: Statement = node;
  while (statement.type === 'LabeledStatement') statement = statement.body;
  return statement;
}

function checkText(rewrite: Rewrite, site: Site): string {
  if (!rewrite.checks) return '';
  const { stop, cell } = rewrite.names;
  rewrite.needs.add('stop');
  return `if (${stop}[0]${site.cleanup ? ' > 1' : ''}) ${cell}.struck();`;
}

function enterBody(rewrite: Rewrite, body: Statement, head: string): void {
  if (head === '') return;
  if (body.type === 'BlockStatement') {
    rewrite.edits.appendLeft(body.start + 1, ` ${head}`);
  } else {
    rewrite.before(body.start, `{ ${head} `);
    rewrite.after(body.end, ' }');
  }
}

/**
 * `for await (left of right) body`, as esbuild writes it but with our awaits: after break or throw the iterator's
 * return() is awaited, and an error of the body wins over one of return(). `outer` includes the labels.
 */
function lowerForAwait(rewrite: Rewrite, node: ForOfStatement, site: Site, outer: Node): void {
  rewrite.needs.add('iterate');
  const n = rewrite.next();
  const { own } = rewrite.names;
  const [it, more, got, error] = [`${own}it${n}`, `${own}more${n}`, `${own}got${n}`, `${own}error${n}`];
  const line = rewrite.line(node.start);
  const step = awaitText(rewrite, site, line, `${it}.next()`);
  const value = `(${it}.sync ? ${awaitText(rewrite, site, line, `${got}.value`)} : ${got}.value)`;
  rewrite.before(outer.start, `{ let ${it}, ${more}, ${got}, ${error}; try { `);
  rewrite.replace(node.start, node.left.start, `for (${it} = ${own}i(`);
  // The right side is moved to the front; its place is taken by the rest of the head.
  rewrite.edits.move(node.right.start, node.right.end, node.left.start);
  const head = `); ${more} = !(${got} = ${own}o(${step})).done; ${more} = false) { ${checkText(rewrite, site)} `;
  rewrite.edits.prependLeft(node.right.end, head);
  rewrite.ancestors.push(node);
  visitTarget(rewrite, node.left, site, value);
  rewrite.replace(node.left.end, node.right.start, '');
  rewrite.replace(node.right.end, node.body.start, '');
  const close = awaitText(rewrite, site, line, `${got}.call(${it}.iterator)`);
  rewrite.edits.prependLeft(
    outer.end,
    ` } } catch (e) { ${error} = [e]; } finally { try { if (${more} && (${got} = ${it}.iterator.return) != null) ${own}o(${close}); } finally { if (${error}) throw ${error}[0]; } } }`,
  );
  rewrite.visit(node.right, site);
  rewrite.visit(node.body, site);
  rewrite.ancestors.pop();
}

function visitTarget(rewrite: Rewrite, left: Node, site: Site, value: string): void {
  const closing = left.type === 'VariableDeclaration' ? ` = ${value}; ` : ` = ${value}); `;
  if (left.type !== 'VariableDeclaration') rewrite.before(left.start, '(');
  rewrite.after(left.end, closing);
  rewrite.visit(left, site);
}
