// Names of a cell that have no value before their declaration: those of let, const, using, class, enum, namespace and
// `import x =`. JavaScript refuses to read them earlier, and so does a cell.

import type { Node } from 'oxc-parser';
import { boundNames } from './bound-names.ts';
import { isAmbient } from './erase-types.ts';
import { leftmost } from './imports.ts';
import type { Names } from './rewrite.ts';

/** The names that a cell's own statements declare, and the offsets from which on they have values. */
export function lexicalEnds(body: readonly Node[]): Map<string, number> {
  const ends = new Map<string, number>();
  const functions: string[] = [];
  const add = (id: Node, end: number): void => {
    for (const name of boundNames(leftmost(id))) if (!ends.has(name)) ends.set(name, end);
  };
  for (const statement of body) {
    const node = declarationOf(statement);
    if (isAmbient(node)) continue;
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind !== 'var') for (const { id, end } of node.declarations) add(id, end);
        break;
      case 'ClassDeclaration':
      case 'TSImportEqualsDeclaration':
        if (node.id) add(node.id, node.end);
        break;
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        add(node.id, node.start);
        break;
      case 'FunctionDeclaration':
        if (node.id) functions.push(node.id.name);
        break;
    }
  }
  // A namespace may add to a function, which is there from the start.
  for (const name of functions) ends.delete(name);
  return ends;
}

/** The declaration that a statement exports, or the statement itself. */
export function declarationOf(statement: Node): Node {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? statement;
  if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
  return statement;
}

/** The same offsets in the JavaScript that a cell has become: there each declaration is a call of `__cell`. */
export function endsInJavaScript(
  body: readonly Node[],
  { cell }: Names,
  lexical: ReadonlyMap<string, number>,
): Map<string, number> {
  const ends = new Map<string, number>();
  const look = (statement: Node): void => {
    if (statement.type === 'BlockStatement') statement.body.forEach(look);
    else if (statement.type === 'TryStatement') look(statement.block);
    else if (statement.type === 'ExpressionStatement') declared(statement.expression);
  };
  const declared = (call: Node): void => {
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return;
    const { object } = call.callee;
    const [values] = call.arguments;
    if (object.type !== 'Identifier' || object.name !== cell || values?.type !== 'ObjectExpression') return;
    for (const property of values.properties) {
      if (property.type !== 'Property') continue;
      const name = property.key.type === 'Identifier' ? property.key.name : String(Object(property.key).value);
      if (lexical.has(name) && !ends.has(name)) ends.set(name, property.end);
    }
  };
  body.forEach(look);
  return ends;
}
