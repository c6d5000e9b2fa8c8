// `await using` in coroutines: V8 would await disposers outside our engine, so the transform awaits each of them there.

import type { BlockStatement, Node, VariableDeclaration } from 'oxc-parser';
import { awaitText, isLowered } from './await.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { blockNames } from './scopes.ts';

/** Transforms a block. A block with `await using` gets a stack of resources, which are disposed of at its end. */
export function visitBlock(rewrite: Rewrite, node: BlockStatement, site: Site): void {
  const ofFunction = FUNCTIONS.has(rewrite.ancestors.at(-1)?.type ?? '');
  rewrite.scopes.within(blockNames(node.body, ofFunction), () => visitStatements(rewrite, node, site));
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function visitStatements(rewrite: Rewrite, node: BlockStatement, site: Site): void {
  if (!isLowered(site) || !hasAwaitUsing(node.body)) {
    rewrite.children(node, site);
    return;
  }
  const first = node.body.find((statement) => !('directive' in statement && statement.directive)) as Node;
  const stack = openDisposal(rewrite, first.start);
  rewrite.ancestors.push(node);
  for (const statement of node.body) {
    if (isUsing(statement)) rewrite.stacks.set(statement, stack);
    rewrite.visit(statement, site);
  }
  rewrite.ancestors.pop();
  rewrite.edits.appendLeft(node.end - 1, closeDisposal(rewrite, site, stack, rewrite.line(first.start)));
}

/** True where a statement list declares with `await using`. */
export function hasAwaitUsing(statements: readonly Node[]): boolean {
  return statements.some((statement) => statement.type === 'VariableDeclaration' && statement.kind === 'await using');
}

/** True for `using` and `await using`. */
export function isUsing(node: Node): node is VariableDeclaration {
  return node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');
}

/** Opens the try around statements, and returns the name of the stack. */
export function openDisposal(rewrite: Rewrite, offset: number): string {
  const [stack, text] = openText(rewrite);
  rewrite.before(offset, text);
  return stack;
}

/** The opening of the try as text, for use in a longer text. */
export function openText(rewrite: Rewrite): readonly [stack: string, text: string] {
  rewrite.needs.add('dispose');
  const stack = `${rewrite.names.own}u${rewrite.next()}`;
  return [stack, `const ${stack} = ${rewrite.names.own}u(); try { `];
}

/** The end of the try: disposes in reverse order; each error suppresses the one before, as in JavaScript. */
export function closeDisposal(rewrite: Rewrite, site: Site, stack: string, line: number): string {
  const step = awaitText(rewrite, site, line, `${stack}.next()`);
  return ` } catch (e) { ${stack}.fail(e); } finally { while (${stack}.more()) try { ${step}; } catch (e) { ${stack}.fail(e); } ${stack}.end(); }`;
}

/** `await using x = e` → `const x = stack.use(e, true)`, where the declaration's block has a stack. */
export function useEach(rewrite: Rewrite, node: VariableDeclaration): void {
  const stack = rewrite.stacks.get(node);
  if (stack === undefined) return;
  const waits = node.kind === 'await using';
  rewrite.replace(node.start, (node.declarations[0] as Node).start, 'const ');
  for (const { init } of node.declarations) {
    if (init === null) continue;
    rewrite.before(init.start, `${stack}.use(`);
    rewrite.after(init.end, `, ${waits})`);
  }
}

/** True for the head of `for (await using x of …)`. */
export function isAwaitUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && node.kind === 'await using';
}
