// What V8 calls an expression in the message of an error: `o.list`, `f(...)`, `(intermediate value)`.

import type { Node } from 'oxc-parser';

/** The words for an expression whose value should be iterable. */
export function calledByV8(expression: Node): string {
  const node = inside(expression);
  const text = textOf(node);
  const made = node.type === 'CallExpression' || node.type === 'NewExpression';
  return made ? `${text} is not a function or its return value` : text;
}

function textOf(expression: Node): string {
  const node = inside(expression);
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'ThisExpression':
      return 'this';
    case 'UnaryExpression':
      return node.operator === '-' ? `-${textOf(node.argument)}` : '(intermediate value)';
    case 'Literal':
      return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
    case 'CallExpression':
      return `${textOf(node.callee)}(...)`;
    case 'MemberExpression': {
      const { object, property, optional } = node;
      if (property.type === 'PrivateIdentifier') return `${textOf(object)}.#${property.name}`;
      const name = node.computed ? literalKey(property) : (property as { readonly name: string }).name;
      if (name !== undefined) return `${textOf(object)}${optional ? '?.' : '.'}${name}`;
      return `${textOf(object)}${optional ? '?.' : ''}[${textOf(property)}]`;
    }
    default:
      return '(intermediate value)';
  }
}

/** V8 writes `o["p"]` as `o.p`. */
function literalKey(key: Node): string | undefined {
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

/** The expression without parentheses and casts. */
function inside(expression: Node): Node {
  switch (expression.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return inside(expression.expression);
    default:
      return expression;
  }
}
