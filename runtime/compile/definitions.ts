// The variables that a cell declares at its top level: each becomes a name of the notebook once its initialiser has
// succeeded.

import type { VariableDeclaration, VariableDeclarator } from 'oxc-parser';
import { boundNames, keyText, nameEnd } from './bound-names.ts';
import { useEach } from './disposal.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { terminate } from './statements.ts';
import { assignVariables, eraseDefinite } from './variables.ts';

/**
 * Transforms a declaration among a cell's own statements. `stack` releases `using`, where JavaScript itself does not.
 */
export function visitTopVariables(
  rewrite: Rewrite,
  node: VariableDeclaration,
  site: Site,
  stack: string | undefined,
): void {
  for (const declarator of node.declarations) eraseDefinite(rewrite, declarator);
  if (node.kind === 'var') {
    terminate(rewrite, node);
    assignVariables(rewrite, node, site, false);
    return;
  }
  rewrite.ancestors.push(node);
  if (node.kind === 'using' || node.kind === 'await using') {
    if (stack !== undefined) rewrite.stacks.set(node, stack);
    holdEach(rewrite, node, site);
  } else {
    const last = node.declarations.at(-1) as VariableDeclarator;
    let from = node.start;
    for (const declarator of node.declarations) {
      defineEach(rewrite, site, node.kind, declarator, from);
      from = declarator.end;
    }
    rewrite.replace(last.end, node.end, '');
  }
  rewrite.ancestors.pop();
}

/** `using a = f()` → `using __ckd1 = f(); __cell.const({ a: __ckd1 });`, so that functions see the notebook's name. */
function holdEach(rewrite: Rewrite, node: VariableDeclaration, site: Site): void {
  const word = rewrite.stacks.has(node) ? 'const' : node.kind;
  const holders = node.declarations.map(
    ({ id }) => [boundNames(id)[0] ?? '', `${rewrite.names.own}d${rewrite.next()}`] as const,
  );
  node.declarations.forEach((declarator, index) => {
    const [name, held] = holders[index] as readonly [string, string];
    rewrite.after(declarator.end, `; ${rewrite.names.cell}.const({ ${keyText(name)}: ${held} });`);
    const next = node.declarations[index + 1];
    if (next) rewrite.replace(declarator.end, next.start, ` ${word} `);
    else rewrite.replace(declarator.end, node.end, '');
  });
  useEach(rewrite, node);
  node.declarations.forEach((declarator, index) => {
    rewrite.visit(declarator.id, {
      ...site,
      untyped: true,
      renames: new Map([holders[index] as readonly [string, string]]),
    });
    rewrite.ancestors.push(declarator);
    rewrite.visit(declarator.init, site);
    rewrite.ancestors.pop();
  });
}

/**
 * `const a = 1` → `__cell.const({ a: 1 });`, and a pattern's names after it. `from` is where the replaced text begins.
 */
function defineEach(rewrite: Rewrite, site: Site, kind: string, declarator: VariableDeclarator, from: number): void {
  const { id, init } = declarator;
  if (id.type === 'Identifier') {
    const define = `${rewrite.names.cell}.${kind}`;
    const end = nameEnd(rewrite.source, id);
    rewrite.replace(from, id.start, `${define}({ `);
    if (id.name === '__proto__') rewrite.replace(id.start, end, keyText(id.name));
    if (init === null) {
      rewrite.after(declarator.end, ': undefined });');
      rewrite.visit(id.typeAnnotation, { ...site, untyped: true });
      return;
    }
    rewrite.ancestors.push(declarator);
    rewrite.replace(end, init.start, ': ');
    rewrite.after(declarator.end, ' });');
    rewrite.visit(init, site);
    rewrite.ancestors.pop();
    return;
  }
  definePattern(rewrite, site, `${rewrite.names.cell}.${kind}s`, declarator, from);
}

/**
 * `let { a, b = a } = f()` → `({ a: __cell.lets.a, b: __cell.lets.b = a } = f());`. What is assigned there is declared,
 * one name after the other, so that defaults and the functions in them see the notebook's names.
 */
function definePattern(
  rewrite: Rewrite,
  site: Site,
  targets: string,
  { id, init, end }: VariableDeclarator,
  from: number,
): void {
  const target = (name: string) => (name === '__proto__' ? `${targets}["__proto__"]` : `${targets}.${name}`);
  rewrite.replace(from, id.start, '(');
  rewrite.after(end, ');');
  rewrite.visit(id, { ...site, untyped: true, renames: new Map(boundNames(id).map((name) => [name, target(name)])) });
  rewrite.visit(init, site);
}
