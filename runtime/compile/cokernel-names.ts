// Finds the names that mean exports of cokernel: those imported from it in this cell or an earlier one, unless a nearer
// declaration hides them.

import type { Node, Program } from 'oxc-parser';
import { isAmbient } from './erase-types.ts';
import { exportedName } from './imports.ts';
import { declaredBy, type Scopes } from './scopes.ts';

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
export function resolver(names: LibraryNames): (callee: Node, scopes: Scopes) => string | undefined {
  return (callee, scopes) => {
    if (callee.type === 'Identifier') {
      const found = names.get(callee.name);
      return found === undefined || found === '*' || scopes.binds(callee.name) ? undefined : found;
    }
    if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return undefined;
    if (names.get(callee.object.name) !== '*' || scopes.binds(callee.object.name)) return undefined;
    return callee.property.type === 'Identifier' ? callee.property.name : undefined;
  };
}
