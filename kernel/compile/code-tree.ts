// What the text of a script says by itself: where V8 can stop in it, which names are bound at a place, and whether an
// error there would be caught.

import type { Node } from 'oxc-parser';
import { boundNames } from '../../runtime/compile/bound-names.ts';
import { blockNames, functionNames, headNames, switchNames } from '../../runtime/compile/scopes.ts';
import { loadParser, parseText } from '../../runtime/parser.ts';

/** A stretch of a text, in offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What surrounds a place. */
export interface Surroundings {
  /** The names that are bound there, without those of the notebook. */
  readonly names: readonly string[];
  /** It lies in a `try` with a `catch`, within the function around it. */
  readonly caught: boolean;
}

/** The statements and calls at which V8 can stop, in order; none where the text does not parse. */
export function stopsOf(code: string): readonly Stretch[] {
  return stopsIn(read(code)).map(({ start, end }) => ({ start, end }));
}

/** What surrounds an offset. */
export function surroundingsOf(code: string, offset: number): Surroundings {
  const path = ancestorsOf(read(code), offset);
  const inner = path.slice(path.findLastIndex(({ type }) => FUNCTIONS.has(type)) + 1);
  const caught = inner.some(
    (node) => node.type === 'TryStatement' && node.handler !== null && holds(node.block, offset),
  );
  return { names: [...new Set(path.flatMap(namesOf))], caught };
}

function read(code: string): Node {
  return parseText('code.js', code, { lang: 'js', sourceType: 'unambiguous' }).program;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
/** At these V8 stops only at what is in them. */
const NO_STOPS = new Set([
  'BlockStatement',
  'EmptyStatement',
  'FunctionDeclaration',
  'LabeledStatement',
  'TryStatement',
]);

function holds({ start, end }: Stretch, offset: number): boolean {
  return start <= offset && offset < end;
}

/** The nodes around an offset, outermost first. */
function ancestorsOf(program: Node, offset: number): Node[] {
  const path: Node[] = [];
  for (let node: Node | undefined = program; node; ) {
    path.push(node);
    node = childrenOf(node).find((child) => holds(child, offset));
  }
  return path;
}

function stopsIn(program: Node): Stretch[] {
  const found: Stretch[] = [];
  const visit = (node: Node): void => {
    if (isStop(node)) found.push(node);
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return found.sort((one, other) => one.start - other.start);
}

function isStop(node: Node): boolean {
  if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'YieldExpression') return true;
  if (node.type === 'VariableDeclaration') return node.declarations.some(({ init }) => init !== null);
  if (node.type === 'ExpressionStatement') return typeof node.directive !== 'string' && !isFunction(node.expression);
  return node.type.endsWith('Statement') && !NO_STOPS.has(node.type);
}

/** A cell is nothing but one. */
function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type) || (node.type === 'ParenthesizedExpression' && isFunction(node.expression));
}

function namesOf(node: Node): string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [
        ...functionNames(node),
        ...(node.body?.type === 'BlockStatement' ? blockNames(node.body.body, true) : []),
      ];
    case 'BlockStatement':
      return blockNames(node.body, false);
    case 'Program':
      return blockNames(node.body, true);
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return headNames(node);
    case 'SwitchStatement':
      return switchNames(node);
    case 'CatchClause':
      return node.param ? boundNames(node.param) : [];
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}

function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const key of loadParser().visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(value)) for (const child of value) child && found.push(child);
    else if (value) found.push(value);
  }
  return found;
}
