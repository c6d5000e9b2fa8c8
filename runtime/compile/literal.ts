// Coroutine literals: an async function passed directly to coroutine() or the like becomes a generator function.

import type { CallExpression, Node } from 'oxc-parser';
import { captureLists } from './captures.ts';
import { find } from './erase-types.ts';
import { type AnyFunction, visitParts } from './plain-functions.ts';
import type { Capture, Rewrite, Site } from './rewrite.ts';

/** The exports of cokernel that take coroutine bodies, and the kind of body each takes. */
export const TAKERS: ReadonlyMap<string, 'coroutine' | 'block' | 'generator'> = new Map([
  ['coroutine', 'coroutine'],
  ['asyncGenerator', 'generator'],
  ['taskGroup', 'block'],
  ['timeout', 'block'],
  ['timeoutAt', 'block'],
  ['cancelScope', 'block'],
]);

/** Lowers the literals among a call's arguments; false where the call is not one of cokernel's. */
export function lowerLiteral(rewrite: Rewrite, node: CallExpression, site: Site): boolean {
  const literals = node.arguments.map(asLiteral);
  if (!literals.some((literal) => literal !== undefined)) return false;
  const taker = rewrite.resolve(node.callee, rewrite.scopes);
  const takes = taker === undefined ? undefined : TAKERS.get(taker);
  if (taker === undefined || takes === undefined) return false;
  bindOwnName(rewrite, node, literals[0], takes);
  rewrite.ancestors.push(node);
  rewrite.visit(node.callee, site);
  rewrite.visit(node.typeArguments, site);
  for (const [index, argument] of node.arguments.entries()) {
    const literal = literals[index];
    if (literal === undefined) {
      rewrite.visit(argument, site);
      continue;
    }
    checkForm(rewrite, literal, taker, takes);
    eraseAround(rewrite, argument);
    const outerName = takes === 'block' ? taker : nameOf(rewrite.ancestors);
    lower(rewrite, literal, site, takes === 'generator', literal.id?.name ?? outerName ?? '<anonymous>');
  }
  rewrite.ancestors.pop();
  return true;
}

/**
 * `coroutine(async function f() {…})` → `((f) => f = coroutine(…))()`: in its body a function's own name is what the call
 * makes of it.
 */
function bindOwnName(rewrite: Rewrite, node: CallExpression, literal: AnyFunction | undefined, takes: string): void {
  const name = literal?.id?.name;
  if (name === undefined || takes === 'block' || node.arguments.length > 1) return;
  rewrite.before(node.start, `((${name}) => ${name} = `);
  rewrite.after(node.end, ')()');
}

/** The argument without parentheses and casts, where it is an async function. */
function asLiteral(argument: Node): AnyFunction | undefined {
  let node = argument;
  while (
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression'
  ) {
    node = node.expression;
  }
  if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return undefined;
  return node.async ? node : undefined;
}

function checkForm(rewrite: Rewrite, literal: AnyFunction, taker: string, takes: string): void {
  if (takes === 'generator' && !literal.generator) {
    rewrite.fail(literal, `${taker}() takes a generator: write ${taker}(async function* (…) { … })`);
  }
  if (takes !== 'generator' && literal.generator) {
    rewrite.fail(
      literal,
      `${taker}() takes an async function, and this is a generator: use asyncGenerator() for those`,
    );
  }
}

/** Removes casts around a literal. */
function eraseAround(rewrite: Rewrite, argument: Node): void {
  for (
    let node = argument;
    'expression' in node && typeof node.expression === 'object';
    node = node.expression as Node
  ) {
    if (node.type !== 'ParenthesizedExpression') rewrite.replace(node.expression.end, node.end, '');
  }
}

function lower(rewrite: Rewrite, literal: AnyFunction, site: Site, stream: boolean, name: string): void {
  const arrow = literal.type === 'ArrowFunctionExpression';
  const captures = arrow ? new Set<Capture>() : undefined;
  const { co, v } = rewrite.names;
  rewrite.needs.add('library');
  // The captures are known only after the visit. Text that must come before what the visit inserts at the same offset
  // is therefore part of the replacement of `async`.
  const head = headOf(rewrite, literal);
  const inside: Site = { ...site, kind: stream ? 'stream' : 'body', cleanup: false, captures, later: true };
  const body = literal.body;
  if (body === null) return;
  if (body.type === 'BlockStatement') {
    const first = body.body.find((statement) => !('directive' in statement && statement.directive));
    rewrite.before(first?.start ?? body.end - 1, `let ${v}; `);
  } else {
    rewrite.before(body.start, `return (`);
    rewrite.after(body.end, `); }`);
  }
  visitParts(rewrite, literal, inside);
  const lists = captures && captures.size > 0 ? captureLists(rewrite, site, captures) : undefined;
  const where = `{ name: ${JSON.stringify(name)}, file: ${JSON.stringify(rewrite.file)}, line: ${rewrite.line(literal.start)} }`;
  const open = lists ? `((${lists[0]}) => ` : '';
  rewrite.replace(literal.start, head.end, `${open}${co}.body(function* ${head.open}`);
  arrow && closeParameters(rewrite, literal, head.bare);
  rewrite.edits.appendLeft(literal.end, `, ${where})${lists ? `)(${lists[1]})` : ''}`);
}

/** Where `async` and what follows it ends, before the parameters or type parameters, and how these are opened. */
function headOf(rewrite: Rewrite, literal: AnyFunction): { end: number; open: string; bare: boolean } {
  const parameters = literal.typeParameters?.start;
  const first = literal.params[0];
  const afterAsync = literal.start + 'async'.length;
  if (literal.type !== 'ArrowFunctionExpression') {
    return { end: parameters ?? find(rewrite.source, '(', literal.id?.end ?? afterAsync), open: '', bare: false };
  }
  const bare = parameters === undefined && first !== undefined && find(rewrite.source, '(', afterAsync) >= first.start;
  const end = parameters ?? (bare ? first.start : find(rewrite.source, '(', afterAsync));
  return { end, open: bare ? '(' : '', bare };
}

/** Removes the `=>`, and opens the block that an expression body becomes. */
function closeParameters(rewrite: Rewrite, literal: AnyFunction, bare: boolean): void {
  const body = literal.body as Node;
  const last = literal.returnType ?? literal.params.at(-1) ?? literal.typeParameters;
  let from = last?.end ?? find(rewrite.source, '(', literal.start + 'async'.length) + 1;
  if (literal.returnType == null && !bare) from = find(rewrite.source, ')', from) + 1;
  rewrite.replace(
    from,
    body.start,
    `${bare ? ')' : ''} ${body.type === 'BlockStatement' ? '' : '{ let '.concat(rewrite.names.v, '; ')}`,
  );
}

/** The name that a call's value is assigned to. The call is the last ancestor. */
function nameOf(ancestors: readonly Node[]): string | undefined {
  let child: Node | undefined = ancestors.at(-1);
  for (let index = ancestors.length - 2; index >= 0; index--) {
    const parent = ancestors[index] as Node;
    switch (parent.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
        child = parent;
        continue;
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? parent.id.name : undefined;
      case 'AssignmentExpression':
        return parent.right === child ? targetName(parent.left) : undefined;
      case 'AssignmentPattern':
        return targetName(parent.left);
      case 'Property':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        return targetName(parent.key);
      case 'ExportDefaultDeclaration':
        return 'default';
      default:
        return undefined;
    }
  }
  return undefined;
}

function targetName(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'Literal':
      return String(node.value);
    case 'MemberExpression':
      return node.computed ? undefined : targetName(node.property);
    default:
      return undefined;
  }
}
