// `for await` in coroutines: JavaScript's semantics, with awaits of our engine.

import type { ForOfStatement, Node, VariableDeclaration } from 'oxc-parser';
import { awaitText } from './await.ts';
import { boundNames } from './bound-names.ts';
import { calledByV8 } from './called-by-v8.ts';
import { closeDisposal, isAwaitUsing, openText } from './disposal.ts';
import { checkText } from './interrupt-check.ts';
import type { Rewrite, Site } from './rewrite.ts';

/** The variables of one loop: its iterator, whether its body is running, the iterator's last result, an error. */
interface Variables {
  readonly it: string;
  readonly more: string;
  readonly got: string;
  readonly error: string;
}

/**
 * `for await (left of right) body`: after break or throw the iterator's return() is awaited; an error of the body has
 * precedence over one of return(). `outer` includes the labels, which must stay with the loop.
 */
export function lowerForAwait(rewrite: Rewrite, node: ForOfStatement, site: Site, outer: Node): void {
  rewrite.needs.add('iterate');
  const { own } = rewrite.names;
  const n = rewrite.next();
  const variables = { it: `${own}it${n}`, more: `${own}more${n}`, got: `${own}got${n}`, error: `${own}error${n}` };
  const { it, more, got } = variables;
  const line = rewrite.line(node.start);
  const [stack, open] = isAwaitUsing(node.left) ? openText(rewrite) : ['', ''];
  rewrite.before(outer.start, `{ let ${Object.values(variables).join(', ')}; try { `);
  rewrite.after(
    outer.end,
    `${stack && closeDisposal(rewrite, site, stack, line)}${endText(rewrite, site, line, variables)}`,
  );
  rewrite.replace(node.start, node.left.start, `for (${it} = ${own}i(`);
  // The right side is moved to the front, and the rest of the head takes its place.
  rewrite.ancestors.push(node);
  rewrite.visit(node.right, site);
  rewrite.edits.move(node.right.start, node.right.end, node.left.start);
  const step = awaitText(rewrite, site, line, `${it}.next()`);
  rewrite.edits.appendLeft(
    node.right.end,
    `, ${JSON.stringify(calledByV8(node.right))}); ${more} = !(${got} = ${own}o(${step})).done; ${more} = false) { ${checkText(rewrite, site)} `,
  );
  const value = `(${it}.sync ? ${awaitText(rewrite, site, line, `${got}.value`)} : ${got}.value)`;
  if (stack) useHead(rewrite, node.left as VariableDeclaration, `${open}const`, `${stack}.use(${value}, true)`);
  else visitTarget(rewrite, node.left, site, value);
  rewrite.replace(node.left.end, node.right.start, '');
  rewrite.replace(node.right.end, node.body.start, '');
  rewrite.visit(node.body, site);
  rewrite.ancestors.pop();
}

function endText(rewrite: Rewrite, site: Site, line: number, { it, more, got, error }: Variables): string {
  const closed = awaitText(rewrite, site, line, `${got}.call(${it}.iterator)`);
  const close = `if (${more} && (${got} = ${it}.iterator.return) != null) ${rewrite.names.own}o(${closed});`;
  return ` } } catch (e) { ${error} = [e]; } finally { try { ${close} } finally { if (${error}) throw ${error}[0]; } } }`;
}

function useHead(rewrite: Rewrite, left: VariableDeclaration, declare: string, value: string): void {
  const [name] = boundNames(left.declarations[0]?.id as Node);
  rewrite.replace(left.start, left.end, `${declare} ${name} = ${value}; `);
}

function visitTarget(rewrite: Rewrite, left: Node, site: Site, value: string): void {
  const declares = left.type === 'VariableDeclaration' && !(left.kind === 'var' && site.kind === 'cell');
  if (!declares) rewrite.before(left.start, '(');
  rewrite.after(left.end, declares ? ` = ${value}; ` : ` = ${value}); `);
  rewrite.visit(left, site);
}
