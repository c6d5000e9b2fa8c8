// Loops: the interrupt check at the start of each body, and both forms of `for (await using …)`. `for await` in coroutines is in
// for-await.ts.

import type { ForOfStatement, ForStatement, LabeledStatement, Node, Statement, VariableDeclaration } from 'oxc-parser';
import { isLowered } from './await.ts';
import { boundNames } from './bound-names.ts';
import { closeDisposal, isAwaitUsing, openText } from './disposal.ts';
import { lowerForAwait } from './for-await.ts';
import { checkText } from './interrupt-check.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { headNames } from './scopes.ts';

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

/** Transforms a loop, or the labels before one. */
export function visitLoop(rewrite: Rewrite, node: Loop | LabeledStatement, site: Site): void {
  if (node.type === 'LabeledStatement') {
    const loop = labelled(node);
    if (loop.type === 'ForOfStatement' && loop.await && isLowered(site)) {
      rewrite.scopes.within(headNames(loop), () => lowerForAwait(rewrite, loop, site, node));
      return;
    }
    if (loop.type === 'ForStatement') releaseAfter(rewrite, loop, site, node);
    rewrite.ancestors.push(node);
    rewrite.visit(node.body, site);
    rewrite.ancestors.pop();
    return;
  }
  rewrite.scopes.within(headNames(node), () => lowerLoop(rewrite, node, site));
}

function lowerLoop(rewrite: Rewrite, node: Loop, site: Site): void {
  if (node.type === 'ForOfStatement' && node.await && isLowered(site)) {
    lowerForAwait(rewrite, node, site, node);
    return;
  }
  if (node.type === 'ForOfStatement' && isAwaitUsing(node.left) && isLowered(site)) {
    releaseEach(rewrite, node, site);
    return;
  }
  if (node.type === 'ForStatement') releaseAfter(rewrite, node, site, node);
  enterBody(rewrite, node.body, checkText(rewrite, site));
  rewrite.children(node, site);
}

/** `for (await using x = …; …; …)`: x is disposed of after the loop. `outer` includes the labels. */
function releaseAfter(rewrite: Rewrite, { init, start }: ForStatement, site: Site, outer: Node): void {
  if (!init || !isAwaitUsing(init) || !isLowered(site) || rewrite.stacks.has(init)) return;
  const [stack, open] = openText(rewrite);
  rewrite.stacks.set(init, stack);
  rewrite.before(outer.start, `{ ${open}`);
  rewrite.after(outer.end, `${closeDisposal(rewrite, site, stack, rewrite.line(start))} }`);
}

/** `for (await using x of …) body`: the value of x is disposed of after each iteration. */
function releaseEach(rewrite: Rewrite, node: ForOfStatement, site: Site): void {
  const held = `${rewrite.names.own}h${rewrite.next()}`;
  const [stack, open] = openText(rewrite);
  const name = boundNames((node.left as VariableDeclaration).declarations[0]?.id as Node)[0];
  rewrite.replace(node.left.start, node.left.end, `const ${held}`);
  rewrite.before(node.body.start, `{ ${checkText(rewrite, site)} ${open}const ${name} = ${stack}.use(${held}, true); `);
  rewrite.after(node.body.end, `${closeDisposal(rewrite, site, stack, rewrite.line(node.start))} }`);
  rewrite.ancestors.push(node);
  rewrite.visit(node.right, site);
  rewrite.visit(node.body, site);
  rewrite.ancestors.pop();
}

function labelled(node: LabeledStatement): Statement {
  let statement: Statement = node;
  while (statement.type === 'LabeledStatement') statement = statement.body;
  return statement;
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
