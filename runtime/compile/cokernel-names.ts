// Finds the names that mean exports of cokernel: those imported from it in this cell or an earlier one, unless a nearer
// declaration hides them.

import type { Node, Program } from 'oxc-parser';
import { isAmbient } from './erase-types.ts';
import { exportedName } from './imports.ts';
import { childrenOf } from './rewrite.ts';
import { boundNames } from './variables.ts';

/** Local name → export of cokernel; `*` where the name is the whole module. */
export type LibraryNames = ReadonlyMap<string, string>;

/** The names after a program: those before it, without what it declares, and with what it imports from cokernel. */
export function namesAfter(program: Program, before: LibraryNames): LibraryNames {
  const names = new Map(before);
  for (const statement of program.body as readonly Node[]) {
    if (isAmbient(statement)) continue;
    for (const name of declaredBy(statement)) names.delete(name);
  }
  for (const statement of program.body as readonly Node[]) {
    if (isAmbient(statement)) continue;
    if (statement.type === 'ImportDeclaration' && isLibrary(statement.source.value)) {
      for (const specifier of statement.specifiers) names.set(specifier.local.name, exportedName(specifier));
    }
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) if (init && loadsLibrary(init)) bindPattern(id, names);
    }
  }
  return names;
}

function isLibrary(specifier: string): boolean {
  return specifier === 'cokernel';
}

/** True for `await import('cokernel')` and `require('cokernel')`. */
function loadsLibrary(init: Node): boolean {
  const node = init.type === 'AwaitExpression' ? init.argument : init;
  if (node.type === 'ImportExpression') return node.source.type === 'Literal' && node.source.value === 'cokernel';
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return false;
  const [path] = node.arguments;
  return path?.type === 'Literal' && path.value === 'cokernel';
}

function bindPattern(id: Node, names: Map<string, string>): void {
  if (id.type === 'Identifier') names.set(id.name, '*');
  if (id.type !== 'ObjectPattern') return;
  for (const property of id.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Identifier')
      continue;
    names.set(property.value.name, property.key.name);
  }
}

/** Makes a function that finds which export of cokernel a callee is, in one program. */
export function resolver(names: LibraryNames): (callee: Node, ancestors: readonly Node[]) => string | undefined {
  const declared = new WeakMap<Node, ReadonlySet<string>>();
  const hidden = (name: string, ancestors: readonly Node[]): boolean =>
    ancestors.some((scope) => {
      if (scope.type === 'Program') return false;
      let found = declared.get(scope);
      if (found === undefined) {
        found = new Set(scopeNames(scope));
        declared.set(scope, found);
      }
      return found.has(name);
    });
  return (callee, ancestors) => {
    if (callee.type === 'Identifier') {
      const found = names.get(callee.name);
      return found === undefined || found === '*' || hidden(callee.name, ancestors) ? undefined : found;
    }
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return undefined;
    if (names.get(callee.object.name) !== '*' || hidden(callee.object.name, ancestors)) return undefined;
    return callee.property.type === 'Identifier' ? callee.property.name : undefined;
  };
}

/** The names that are declared in a node's own scope. */
function scopeNames(scope: Node): string[] {
  switch (scope.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const names = scope.params.flatMap((parameter) => boundNames(parameter));
      if (scope.type === 'FunctionExpression' && scope.id) names.push(scope.id.name);
      return scope.body ? [...names, ...varNames(scope.body)] : names;
    }
    case 'ClassExpression':
    case 'ClassDeclaration':
      return scope.id ? [scope.id.name] : [];
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return (scope.body as readonly Node[]).flatMap(declaredBy);
    case 'SwitchStatement':
      return scope.cases.flatMap((clause) => (clause.consequent as readonly Node[]).flatMap(declaredBy));
    case 'CatchClause':
      return scope.param ? boundNames(scope.param) : [];
    case 'ForStatement':
      return scope.init ? declaredBy(scope.init) : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredBy(scope.left);
    default:
      return [];
  }
}

/** The names that a statement declares in its own scope. */
export function declaredBy(statement: Node): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundNames(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      return statement.id.type === 'Identifier' ? [statement.id.name] : [];
    case 'ImportDeclaration':
      return statement.specifiers.map(({ local }) => local.name);
    case 'ExportNamedDeclaration':
      return statement.declaration ? declaredBy(statement.declaration) : [];
    case 'ExportDefaultDeclaration':
      return declaredBy(statement.declaration);
    default:
      return [];
  }
}

/** The names that `var` declares in a function's body. */
function varNames(node: Node): string[] {
  if (node.type === 'VariableDeclaration') return node.kind === 'var' ? declaredBy(node) : [];
  if (node.type.endsWith('Expression') || node.type.startsWith('Function') || node.type.startsWith('Class')) return [];
  return childrenOf(node).flatMap(varNames);
}
