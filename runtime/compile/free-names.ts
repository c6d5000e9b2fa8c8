// Walks JavaScript that is not otherwise transformed (what esbuild makes of a cell, a text given to eval) and notes its
// uses of the notebook's names. Sources are walked in visit.ts, which notes them too.

import type { Node } from 'oxc-parser';
import { loadParser } from '../parser.ts';
import { boundNames } from './bound-names.ts';
import type { AnyFunction } from './plain-functions.ts';
import { blockNames, createScopes, functionNames, headNames, type Scopes, switchNames } from './scopes.ts';
import { NEVER_SUFFIXED, type Use, useOf } from './uses.ts';

/** Whether a name is to be left alone: it is not the person's, or bound around the text. */
export type Exempt = (name: string) => boolean;

interface Walk {
  readonly scopes: Scopes;
  readonly ancestors: Node[];
  readonly uses: Use[];
  readonly exempt: Exempt;
}

/** The uses in some statements of a program, in order; `bound` is what the whole program binds. */
export function usesIn(statements: readonly Node[], bound: readonly string[], exempt: Exempt): Use[] {
  const walk: Walk = { scopes: createScopes(), ancestors: [], uses: [], exempt };
  walk.scopes.within(bound, () => {
    for (const statement of statements) visit(walk, statement, false);
  });
  return walk.uses;
}

function visit(walk: Walk, node: Node | null | undefined, later: boolean): void {
  if (!node) return;
  if (node.type === 'Identifier') {
    note(walk, node, later);
    return;
  }
  walk.ancestors.push(node);
  visitParts(walk, node, later);
  walk.ancestors.pop();
}

function note(
  { scopes, ancestors, uses, exempt }: Walk,
  node: Node & { readonly name: string; readonly end: number },
  later: boolean,
): void {
  const { name, end } = node;
  if (!scopes.binds(name) && !NEVER_SUFFIXED.has(name) && !exempt(name)) {
    uses.push(useOf(node, end, ancestors, scopes, later));
  }
}

function visitParts(walk: Walk, node: Node, later: boolean): void {
  const each = (nodes: readonly (Node | null)[]) => {
    for (const child of nodes) visit(walk, child, later);
  };
  const within = (names: readonly string[], nodes: readonly (Node | null)[]) =>
    walk.scopes.within(names, () => each(nodes));
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      visitFunction(walk, node);
      return;
    case 'ClassDeclaration':
    case 'ClassExpression':
      within(node.id ? [node.id.name] : [], [node.superClass, node.body]);
      return;
    case 'StaticBlock':
      within(['arguments', ...blockNames(node.body, true)], node.body);
      return;
    case 'PropertyDefinition':
    case 'AccessorProperty':
      if (node.computed) visit(walk, node.key, later);
      walk.scopes.within(['arguments'], () => visit(walk, node.value, later || !node.static));
      return;
    case 'MethodDefinition':
    case 'Property':
      each(node.computed ? [node.key, node.value] : [node.value]);
      return;
    case 'MemberExpression':
      each(node.computed ? [node.object, node.property] : [node.object]);
      return;
    case 'BlockStatement':
      within(blockNames(node.body, false), node.body);
      return;
    case 'SwitchStatement':
      visit(walk, node.discriminant, later);
      within(switchNames(node), node.cases);
      return;
    case 'CatchClause':
      within(node.param ? boundNames(node.param) : [], [node.param, node.body]);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      within(headNames(node), children(node));
      return;
    case 'LabeledStatement':
      visit(walk, node.body, later);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return;
    // The body is skipped: any name in it may be a property of the object.
    case 'WithStatement':
      visit(walk, node.object, later);
      return;
    case 'ImportExpression':
      noteImport(walk, node, later);
      each(children(node));
      return;
    default:
      each(children(node));
      return;
  }
}

/** Of a text given to eval or Function: in a cell itself `import()` was a call of the loader from the start. */
function noteImport({ uses }: Walk, { start, options }: Node & { type: 'ImportExpression' }, later: boolean): void {
  const end = start + 'import'.length;
  uses.push({ name: 'import', start, end, form: 'import', written: false, later, ...(options && { options }) });
}

function visitFunction(walk: Walk, node: AnyFunction): void {
  walk.scopes.within(functionNames(node), () => {
    for (const parameter of node.params) visit(walk, parameter, true);
    if (node.body?.type !== 'BlockStatement') {
      visit(walk, node.body, true);
      return;
    }
    const { body } = node.body;
    walk.scopes.within(blockNames(body, true), () => {
      for (const statement of body) visit(walk, statement, true);
    });
  });
}

function children(node: Node): (Node | null)[] {
  const found: (Node | null)[] = [];
  for (const key of loadParser().visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(value)) found.push(...value);
    else if (value) found.push(value);
  }
  return found;
}
