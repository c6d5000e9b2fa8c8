// Names of a cell that have no value before their declaration: those of let, const, using, class, enum, namespace and
// `import x =`. JavaScript refuses to read them earlier, and so does a cell.

import type { Node, VariableDeclarator } from 'oxc-parser';
import { leftmost } from './bound-names.ts';
import { isAmbient } from './erase-types.ts';
import type { Names } from './rewrite.ts';
import type { Unset } from './uses.ts';

/** The names that a cell's own statements declare, and where they have no value. */
export function unsetNames(body: readonly Node[]): Map<string, Unset> {
  const found = new Map<string, Unset>();
  const functions: string[] = [];
  const add = (id: Node, unset: Unset): void => {
    if (id.type === 'Identifier' && !found.has(id.name)) found.set(id.name, unset);
  };
  for (const statement of body) {
    const node = declarationOf(statement);
    if (isAmbient(node)) continue;
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind !== 'var') for (const declarator of node.declarations) addDeclarator(declarator, add);
        break;
      case 'TSImportEqualsDeclaration':
        // An alias may be one of a type, which declares nothing.
        if (node.moduleReference.type !== 'TSExternalModuleReference') break;
        add(node.id, { before: node.end });
        break;
      case 'ClassDeclaration':
        if (node.id) add(node.id, { before: node.end });
        break;
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        add(leftmost(node.id), { before: node.start });
        break;
      case 'FunctionDeclaration':
        if (node.id) functions.push(node.id.name);
        break;
    }
  }
  // A namespace may add to a function, which is there from the start.
  for (const name of functions) found.delete(name);
  return found;
}

type Add = (target: Node, unset: Unset) => void;

function addDeclarator({ id, init, end }: VariableDeclarator, add: Add): void {
  if (id.type === 'Identifier') add(id, { before: end });
  else addPattern(id, init ?? undefined, add);
}

/** The targets of a pattern: each has a value from the end of its own part on. */
function addPattern(pattern: Node, initialiser: Node | undefined, add: Add): void {
  switch (pattern.type) {
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        addPattern(property.type === 'RestElement' ? property.argument : property.value, initialiser, add);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) addPattern(element, initialiser, add);
      break;
    case 'RestElement':
      addPattern(pattern.argument, initialiser, add);
      break;
    case 'AssignmentPattern':
      if (pattern.left.type === 'Identifier' || pattern.left.type === 'MemberExpression') {
        add(pattern.left, { before: pattern.end, initialiser });
      } else addPattern(pattern.left, initialiser, add);
      break;
    default:
      add(pattern, { before: pattern.end, initialiser });
  }
}

/** The declaration that a statement exports, or the statement itself. */
export function declarationOf(statement: Node): Node {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? statement;
  if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
  return statement;
}

/** The same in the JavaScript that a cell has become: there each declaration calls `__cell`, or assigns to its parts. */
export function unsetInJavaScript(
  body: readonly Node[],
  { cell }: Names,
  lexical: ReadonlyMap<string, Unset>,
): Map<string, Unset> {
  const found = new Map<string, Unset>();
  const add = (name: string, unset: Unset): void => {
    if (lexical.has(name) && !found.has(name)) found.set(name, unset);
  };
  const look = (statement: Node): void => {
    if (statement.type === 'BlockStatement') statement.body.forEach(look);
    else if (statement.type === 'TryStatement') look(statement.block);
    else if (statement.type === 'ExpressionStatement') declared(bare(statement.expression));
  };
  const declared = (expression: Node): void => {
    if (expression.type === 'AssignmentExpression') {
      addPattern(expression.left, expression.right, (target, unset) => {
        const name = nameOn(target, cell);
        if (name !== undefined) add(name, unset);
      });
      return;
    }
    if (expression.type !== 'CallExpression' || !isPartOf(expression.callee, cell)) return;
    const [values] = expression.arguments;
    if (values?.type !== 'ObjectExpression') return;
    for (const property of values.properties) {
      if (property.type !== 'Property') continue;
      add(keyOf(property.key), { before: property.end });
    }
  };
  body.forEach(look);
  return found;
}

function bare(expression: Node): Node {
  return expression.type === 'ParenthesizedExpression' ? bare(expression.expression) : expression;
}

/** `__cell.let`. */
function isPartOf(node: Node, cell: string): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === cell;
}

/** The name of `__cell.lets.name`. */
function nameOn(target: Node, cell: string): string | undefined {
  return target.type === 'MemberExpression' && isPartOf(target.object, cell) ? keyOf(target.property) : undefined;
}

function keyOf(key: Node): string {
  return key.type === 'Identifier' ? key.name : String((key as { readonly value?: unknown }).value);
}
