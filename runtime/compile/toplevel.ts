// A cell's own statements: declarations become properties of globalThis, imports become calls, and the last
// expression is the result. Functions come first, then imports, then the rest in order.

import type { Node, Program, VariableDeclaration, VariableDeclarator } from 'oxc-parser';
import { closeDisposal, hasAwaitUsing, openDisposal, useEach } from './disposal.ts';
import { visitImport, visitReExport } from './imports.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { isAmbient, wordsBetween } from './types.ts';
import { assignVariables, boundNames, eraseDefinite, keyText, nameEnd } from './variables.ts';
import { terminate } from './visit.ts';

/** What the transform of the statements found out. */
export interface TopLevel {
  /** Names declared, in order. */
  readonly declares: readonly string[];
  /** Names declared with var, also in blocks. */
  readonly hoisted: readonly string[];
}

interface State {
  readonly rewrite: Rewrite;
  readonly site: Site;
  readonly declares: Set<string>;
  readonly functions: Node[];
  readonly imports: Node[];
  /** Names that an enum or a namespace may add to: declared by a statement before. */
  readonly open: Set<string>;
  /** The stack of the cell's `await using`, where it has one. */
  stack: string | undefined;
}

/** Transforms all statements of a cell. */
export function visitCell(rewrite: Rewrite, program: Program): TopLevel {
  const site: Site = { kind: 'cell', cleanup: false };
  const state: State = {
    rewrite,
    site,
    declares: new Set(),
    functions: [],
    imports: [],
    open: new Set(),
    stack: undefined,
  };
  const body: readonly Node[] = program.body;
  const last = body.findLast((statement) => statement.type !== 'EmptyStatement');
  const first = body[0];
  if (first && hasAwaitUsing(body)) {
    state.stack = openDisposal(rewrite, first.start);
    rewrite.after(program.end, `\n${closeDisposal(rewrite, site, state.stack, rewrite.line((last ?? first).start))}`);
  }
  rewrite.ancestors.push(program);
  // Merging looks ahead: functions are there before a namespace of the same name runs.
  for (const statement of body) {
    const declaration = declarationOf(statement);
    if (declaration.type === 'FunctionDeclaration' && declaration.id) state.open.add(declaration.id.name);
  }
  for (const statement of body) visitStatement(state, statement, statement === last);
  rewrite.ancestors.pop();
  hoist(state, body);
  const hoisted = hoistedNames(body);
  for (const name of hoisted) state.declares.add(name);
  return { declares: [...state.declares], hoisted };
}

function declarationOf(statement: Node): Node {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? statement;
  if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
  return statement;
}

function visitStatement(state: State, node: Node, last: boolean): void {
  const { rewrite, site } = state;
  if (isAmbient(node)) {
    rewrite.replace(node.start, node.end, ';');
    return;
  }
  switch (node.type) {
    case 'ExpressionStatement':
      if (!last) {
        rewrite.visit(node, site);
        return;
      }
      terminate(rewrite, node);
      visitResult(state, node.expression);
      return;
    case 'ImportDeclaration':
      state.imports.push(node);
      visitImport(rewrite, node, site, state.declares);
      return;
    case 'ExportAllDeclaration':
      state.imports.push(node);
      visitReExport(rewrite, node, node.source, site);
      return;
    case 'ExportNamedDeclaration':
      visitExport(state, node);
      return;
    case 'ExportDefaultDeclaration':
      visitDefault(state, node, last);
      return;
    case 'TSExportAssignment':
      terminate(rewrite, node);
      rewrite.replace(node.start, node.expression.start, '');
      last ? visitResult(state, node.expression) : rewrite.visit(node.expression, site);
      return;
    case 'TSImportEqualsDeclaration':
      visitImportEquals(state, node);
      return;
    default:
      visitDeclaration(state, node, node.start, node);
      return;
  }
}

function visitResult(state: State, expression: Node): void {
  const { rewrite, site } = state;
  const several = expression.type === 'SequenceExpression';
  rewrite.before(expression.start, `${rewrite.names.cell}.result(${several ? '(' : ''}`);
  rewrite.after(expression.end, several ? '))' : ')');
  rewrite.visit(expression, site);
}

function visitExport(state: State, node: Node & { type: 'ExportNamedDeclaration' }): void {
  const { rewrite } = state;
  if (node.source) {
    state.imports.push(node);
    visitReExport(rewrite, node, node.source, state.site);
    return;
  }
  const { declaration } = node;
  if (!declaration) {
    rewrite.replace(node.start, node.end, ';');
    return;
  }
  // Decorators may stand before `export`, and then belong to the class.
  const decorators = declaration.type === 'ClassDeclaration' ? declaration.decorators : [];
  const from = decorators.findLast((decorator) => decorator.start < node.start + 1)?.end ?? node.start;
  const word = wordsBetween(rewrite.source, from, node.end).find((found) => found.word === 'export');
  if (word) rewrite.replace(word.start, word.end, '');
  if (declaration.type === 'TSImportEqualsDeclaration') {
    visitImportEquals(state, declaration);
    return;
  }
  visitDeclaration(state, declaration, node.start, node);
}

function visitDefault(state: State, node: Node & { type: 'ExportDefaultDeclaration' }, last: boolean): void {
  const { rewrite, site } = state;
  const { declaration } = node;
  const named =
    (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id !== null;
  const decorated = declaration.type === 'ClassDeclaration' ? declaration.decorators : [];
  const from = decorated.findLast((decorator) => decorator.start <= node.start)?.end ?? node.start;
  const words = wordsBetween(rewrite.source, from, node.end).slice(0, 2);
  for (const { start, end } of words) rewrite.replace(start, end, '');
  if (named) {
    visitDeclaration(state, declaration, node.start, node);
    return;
  }
  terminate(rewrite, node);
  if (last) {
    visitResult(state, declaration);
    return;
  }
  rewrite.before(declaration.start, '(');
  rewrite.after(declaration.end, ')');
  rewrite.visit(declaration, site);
}

function visitImportEquals(state: State, node: Node & { type: 'TSImportEqualsDeclaration' }): void {
  const { rewrite } = state;
  const { moduleReference: from, id } = node;
  const external = from.type === 'TSExternalModuleReference';
  const value = external
    ? `require(${JSON.stringify(from.expression.value)})`
    : rewrite.source.slice(from.start, from.end);
  state.declares.add(id.name);
  rewrite.replace(node.start, node.end, `${rewrite.names.cell}.const({ ${id.name}: ${value} });`);
}

/** `outer` is the statement, with its `export`. */
function visitDeclaration(state: State, node: Node, start: number, outer: Node): void {
  const { rewrite, site, declares } = state;
  const { cell } = rewrite.names;
  switch (node.type) {
    case 'VariableDeclaration':
      visitTopVariables(state, node);
      return;
    case 'FunctionDeclaration':
      if (!node.id) {
        rewrite.visit(node, site);
        return;
      }
      state.functions.push(outer);
      declares.add(node.id.name);
      rewrite.before(node.start, `${cell}.let({ ${node.id.name}: `);
      rewrite.after(node.end, ' });');
      // Anonymous, so that a recursive call sees the function's newest definition.
      rewrite.replace(node.id.start, node.id.end, '');
      rewrite.visit(node, site);
      return;
    case 'ClassDeclaration': {
      const name = node.id?.name ?? '';
      declares.add(name);
      state.open.add(name);
      if (node.decorators.length > 0) {
        rewrite.before(Math.min(start, node.decorators[0]?.start ?? start), '{ ');
        rewrite.after(node.end, ` ${cell}.let({ ${name} }); }`);
      } else {
        rewrite.before(node.start, `${cell}.let({ ${name}: `);
        rewrite.after(node.end, ' });');
      }
      rewrite.visit(node, site);
      return;
    }
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration': {
      const name = leftmost(node.id);
      if (!state.open.has(name)) rewrite.before(node.start, `${cell}.let({ ${name}: undefined }); `);
      state.open.add(name);
      declares.add(name);
      rewrite.needs.add('merged');
      rewrite.visit(node, site);
      return;
    }
    default:
      rewrite.visit(node, site);
      return;
  }
}

function leftmost(id: Node): string {
  let node = id;
  while (node.type === 'TSQualifiedName') node = node.left;
  return node.type === 'Identifier' ? node.name : '';
}

function visitTopVariables(state: State, node: VariableDeclaration): void {
  const { rewrite, site, declares } = state;
  for (const declarator of node.declarations) eraseDefinite(rewrite, declarator);
  for (const { id } of node.declarations) for (const name of boundNames(id)) declares.add(name);
  if (node.kind === 'var') {
    terminate(rewrite, node);
    assignVariables(rewrite, node, site, false);
    return;
  }
  rewrite.ancestors.push(node);
  if (node.kind === 'using' || node.kind === 'await using') {
    const names = node.declarations.flatMap(({ id }) => boundNames(id));
    rewrite.after(node.end, ` ${rewrite.names.cell}.const({ ${names.join(', ')} });`);
    terminate(rewrite, node);
    if (state.stack !== undefined) rewrite.stacks.set(node, state.stack);
    useEach(rewrite, node);
    for (const declarator of node.declarations) rewrite.visit(declarator, site);
  } else {
    const last = node.declarations.at(-1) as VariableDeclarator;
    let from = node.start;
    for (const declarator of node.declarations) {
      defineEach(state, node.kind, declarator, from);
      from = declarator.end;
    }
    rewrite.replace(last.end, node.end, '');
  }
  rewrite.ancestors.pop();
}

/** `const a = 1` → `__cell.const({ a: 1 });`, and a pattern's names after it. `from` is where what precedes begins. */
function defineEach(state: State, kind: string, declarator: VariableDeclarator, from: number): void {
  const { rewrite, site } = state;
  const define = `${rewrite.names.cell}.${kind}`;
  const { id, init } = declarator;
  if (id.type === 'Identifier') {
    const end = nameEnd(rewrite.source, id);
    rewrite.replace(from, id.start, `${define}({ `);
    if (id.name === '__proto__') rewrite.replace(id.start, end, keyText(id.name));
    if (init === null) {
      rewrite.after(declarator.end, ': undefined });');
      rewrite.visit(id, site);
      return;
    }
    rewrite.ancestors.push(declarator);
    rewrite.replace(end, init.start, ': ');
    rewrite.after(declarator.end, ' });');
    rewrite.visit(init, site);
    rewrite.ancestors.pop();
    return;
  }
  definePattern(state, define, declarator, from);
}

/**
 * A pattern binds names of our own first, which then become the notebook's: a closure in the initialiser thus sees the
 * notebook's, and no variable hides them.
 */
function definePattern(state: State, define: string, { id, init, end }: VariableDeclarator, from: number): void {
  const { rewrite, site } = state;
  const names = boundNames(id);
  const renames = new Map(names.map((name) => [name, `${rewrite.names.own}d${rewrite.next()}`]));
  rewrite.replace(from, id.start, '{ const ');
  rewrite.after(end, `; ${define}({ ${names.map((name) => `${keyText(name)}: ${renames.get(name)}`).join(', ')} }); }`);
  rewrite.visit(id, { ...site, renames });
  rewrite.visit(init, site);
}

/** Moves functions to the head, and imports behind them, where they are not there already. */
function hoist({ functions, imports, rewrite }: State, body: readonly Node[]): void {
  moveBefore(
    rewrite,
    functions,
    body.find((statement) => !functions.includes(statement)),
  );
  moveBefore(
    rewrite,
    imports,
    body.find((statement) => !functions.includes(statement) && !imports.includes(statement)),
  );
}

function moveBefore(rewrite: Rewrite, nodes: readonly Node[], target: Node | undefined): void {
  if (target === undefined) return;
  for (const node of nodes) if (node.start > target.start) rewrite.edits.move(node.start, node.end, target.start);
}

/** Names that `var` declares anywhere in a cell but in its functions. */
function hoistedNames(body: readonly Node[]): string[] {
  const names = new Set<string>();
  const walk = (node: Node | null | undefined): void => {
    if (!node) return;
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind === 'var' && node.declare !== true) {
          for (const { id } of node.declarations) for (const name of boundNames(id)) names.add(name);
        }
        return;
      case 'ExportNamedDeclaration':
        walk(node.declaration);
        return;
      case 'BlockStatement':
        node.body.forEach(walk);
        return;
      case 'IfStatement':
        walk(node.consequent);
        walk(node.alternate);
        return;
      case 'ForStatement':
        walk(node.init);
        walk(node.body);
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        walk(node.left);
        walk(node.body);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
        walk(node.body);
        return;
      case 'TryStatement':
        walk(node.block);
        walk(node.handler?.body);
        walk(node.finalizer);
        return;
      case 'SwitchStatement':
        for (const clause of node.cases) clause.consequent.forEach(walk);
        return;
    }
  };
  body.forEach(walk);
  return [...names];
}
