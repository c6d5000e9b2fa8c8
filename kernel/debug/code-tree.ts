// What the text of a script says by itself: where V8 can stop in it, which names are bound at a place, and whether an
// error there would be caught.

import type { Node } from 'oxc-parser';
import { boundNames } from '../../runtime/compile/bound-names.ts';
import { blockNames, functionNames, headNames, switchNames } from '../../runtime/compile/scopes.ts';
import { loadParser, parseText } from '../../runtime/parser.ts';

/** A place in the running code; line and column count from 0, as V8's do. */
export interface CodePlace {
  readonly line: number;
  readonly column: number;
}

/** A stretch of the running code, in offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The tree of a script's code. */
export interface CodeTree {
  place(offset: number): CodePlace;
  offset(place: CodePlace): number;
  /** The statements and calls at which V8 can stop, in order. */
  stops(): readonly Stretch[];
  /** The names that are bound at a place, without those of the notebook. */
  namesAt(place: CodePlace): readonly string[];
  /** Whether the place lies in a `try` with a `catch`, within the function around it. */
  isCaughtAt(place: CodePlace): boolean;
}

/** Reads the code of a script. A text that does not parse has no tree, and says nothing. */
export function readCode(code: string): CodeTree {
  const { program } = parseText('code.js', code, { lang: 'js', sourceType: 'unambiguous' });
  const starts = lineOffsets(code);
  const offset = ({ line, column }: CodePlace) => (starts[line] ?? code.length) + column;
  const around = (place: CodePlace) => ancestorsOf(program, offset(place));
  return {
    offset,
    place(at) {
      const line = starts.findLastIndex((start) => start <= at);
      return { line, column: at - (starts[line] as number) };
    },
    stops: () => stopsIn(program),
    namesAt: (place) => [...new Set(around(place).flatMap(namesOf))],
    isCaughtAt(place) {
      const at = offset(place);
      const path = around(place);
      const from = path.findLastIndex(({ type }) => FUNCTIONS.has(type));
      return path
        .slice(from + 1)
        .some((node) => node.type === 'TryStatement' && node.handler !== null && holds(node.block, at));
    },
  };
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

/** Lines as V8 counts them. */
function lineOffsets(code: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}
