// The names that a cell puts on the global object: `globalThis.x = …` makes `x` a name of the whole program, which no
// declaration tells TypeScript of. Forms that this does not know are found in the running program.

import type { Node } from './syntax-nodes.ts';

/** What a person calls the global object in Node. */
const GLOBAL = new Set(['globalThis', 'global']);
/** Assignments that need no value before. */
const GIVING = new Set(['=', '??=', '||=']);

/** The names that this node, alone, puts on the global object. */
export function givenNames(node: Node): readonly string[] {
  if (node.type === 'AssignmentExpression') return GIVING.has(node.operator as string) ? memberOf(node.left) : [];
  if (node.type !== 'CallExpression') return [];
  const [target, what] = node.arguments as readonly Node[];
  if (!isGlobal(target)) return [];
  const method = methodOfObject(node.callee as Node);
  if (method === 'defineProperty') return textOf(what);
  return method === 'assign' && what?.type === 'ObjectExpression'
    ? (what.properties as readonly Node[]).flatMap((property) => (property.key ? keyOf(property, property.key) : []))
    : [];
}

/** `x` of `globalThis.x` and of `(globalThis as any)['x']`. */
function memberOf(target: unknown): readonly string[] {
  const member = bare(target);
  return member?.type === 'MemberExpression' && isGlobal(member.object) ? keyOf(member, member.property) : [];
}

function keyOf({ computed }: Node, key: unknown): readonly string[] {
  const { type, name } = key as Node;
  return computed !== true && type === 'Identifier' ? [name as string] : textOf(key);
}

function textOf(key: unknown): readonly string[] {
  const value = bare(key)?.value;
  return typeof value === 'string' ? [value] : [];
}

function methodOfObject(callee: Node): unknown {
  if (callee.type !== 'MemberExpression' || (callee.object as Node).name !== 'Object') return undefined;
  return (callee.property as Node).name;
}

function isGlobal(node: unknown): boolean {
  const inner = bare(node);
  return inner?.type === 'Identifier' && GLOBAL.has(inner.name as string);
}

/** An expression without parentheses and without what only types mean. */
function bare(node: unknown): Node | undefined {
  let inner = node as Node | undefined;
  while (inner && /^(?:Parenthesized|TS(?:As|Satisfies|NonNull)|TSTypeAssertion)/.test(inner.type)) {
    inner = inner.expression as Node;
  }
  return inner;
}
