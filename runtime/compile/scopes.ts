// The scopes around the node that a walk is at: which names are bound there. What a node declares is found when the
// walk enters it, from its statements alone, so that a program is read once.

import type { Node } from 'oxc-parser';
import { boundNames, leftmost } from './bound-names.ts';
import { hoistedNames } from './hoisted-names.ts';

/** The scopes of one walk. */
export interface Scopes {
  /** Visits what lies in a scope that binds `names`. */
  within(names: readonly string[], visit: () => void): void;
  /** Whether a name is bound in a scope around. */
  binds(name: string): boolean;
  /** All names that are bound here. */
  bound(): string[];
}

/** Starts outside of all scopes. */
export function createScopes(): Scopes {
  const counts = new Map<string, number>();
  const count = (names: readonly string[], change: 1 | -1): void => {
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + change);
  };
  return {
    within(names, visit) {
      count(names, 1);
      visit();
      count(names, -1);
    },
    binds: (name) => (counts.get(name) ?? 0) > 0,
    bound: () => [...counts].filter(([, times]) => times > 0).map(([name]) => name),
  };
}

/** What a function binds around its body: its parameters, `arguments`, and the name of a function expression. */
export function functionNames(node: Node): string[] {
  const names: string[] = [];
  if (!('params' in node)) return names;
  for (const parameter of node.params as readonly Node[]) boundNames(parameter, names);
  if (node.type !== 'ArrowFunctionExpression') names.push('arguments');
  if (node.type === 'FunctionExpression' && node.id) names.push(node.id.name);
  return names;
}

/** What a block binds. The body of a function, and a static block, also bind every `var` in them. */
export function blockNames(statements: readonly Node[], holdsVars: boolean): string[] {
  const names: string[] = [];
  for (const statement of statements) blockScopedNames(statement, names);
  if (holdsVars) for (const name of hoistedNames(statements)) names.push(name);
  return names;
}

/** What the head of a loop binds. */
export function headNames(node: Node): string[] {
  if (node.type === 'ForStatement') return node.init ? blockScopedNames(node.init) : [];
  return node.type === 'ForInStatement' || node.type === 'ForOfStatement' ? blockScopedNames(node.left) : [];
}

/** What the clauses of a switch bind together. */
export function switchNames(node: Node & { type: 'SwitchStatement' }): string[] {
  return node.cases.flatMap((clause) => blockNames(clause.consequent, false));
}

/** The names that a statement binds in the block that it stands in; not those of `var`. */
function blockScopedNames(statement: Node, names: string[] = []): string[] {
  return statement.type === 'VariableDeclaration' && statement.kind === 'var' ? names : declaredBy(statement, names);
}

/** The names that a statement declares, added to `names`. */
export function declaredBy(statement: Node, names: string[] = []): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      for (const { id } of statement.declarations) boundNames(id, names);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (statement.id) names.push(statement.id.name);
      break;
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      boundNames(leftmost(statement.id), names);
      break;
    case 'ImportDeclaration':
      for (const { local } of statement.specifiers) names.push(local.name);
      break;
    case 'ExportNamedDeclaration':
      if (statement.declaration) declaredBy(statement.declaration, names);
      break;
    case 'ExportDefaultDeclaration':
      declaredBy(statement.declaration, names);
      break;
  }
  return names;
}
