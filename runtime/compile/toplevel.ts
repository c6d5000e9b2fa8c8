// A cell's own statements: declarations become names of the notebook, imports become calls, and the last expression is
// the result. Functions come first, then imports, then all others in order.

import type { Class, ExportDefaultDeclaration, ModuleExportName, Node, Program } from 'oxc-parser';
import { boundNames, leftmost } from './bound-names.ts';
import { isDecorated } from './classes.ts';
import { visitTopVariables } from './definitions.ts';
import { closeDisposal, hasAwaitUsing, openDisposal } from './disposal.ts';
import { isAmbient, wordsBetween } from './erase-types.ts';
import { hoist } from './hoist.ts';
import { hoistedNames } from './hoisted-names.ts';
import { visitImport, visitImportEquals, visitReExport } from './imports.ts';
import { defaultName } from './kept-names.ts';
import { declarationOf, unsetNames } from './lexical.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { declaredBy } from './scopes.ts';
import { terminate } from './statements.ts';
import { anonymous, namingParts, type Unset } from './uses.ts';

/** What the statements of a cell declare. */
export interface TopLevel {
  /** All declared names, in order. */
  readonly declares: readonly string[];
  /** Names declared with var, in blocks too. */
  readonly hoisted: readonly string[];
  /** Names that have no value before their declaration. */
  readonly lexical: ReadonlyMap<string, Unset>;
}

interface State {
  readonly rewrite: Rewrite;
  readonly site: Site;
  readonly declares: Set<string>;
  readonly functions: Node[];
  readonly imports: Node[];
  readonly exported: Set<string>;
  /** What all statements but imports declare. */
  readonly own: ReadonlySet<string>;
  /** Names that an enum or a namespace may extend, because an earlier statement declares them. */
  readonly open: Set<string>;
  /** Whether this cell or one before it declares a name. */
  readonly isDeclared: (name: string) => boolean;
  /** The variable with the stack of the cell's own `await using`, if any. */
  stack: string | undefined;
}

/** Transforms all statements of a cell. `isDeclared`: whether this cell or one before it declares a name. */
export function visitCell(rewrite: Rewrite, program: Program, isDeclared: State['isDeclared']): TopLevel {
  const site: Site = { kind: 'cell', cleanup: false };
  const body: readonly Node[] = program.body;
  const hoisted = hoistedNames(body);
  const state: State = {
    rewrite,
    site,
    declares: new Set(),
    functions: [],
    imports: [],
    exported: new Set(),
    own: new Set([...hoisted, ...ownNames(body)]),
    open: new Set(),
    isDeclared,
    stack: undefined,
  };
  const last = body.findLast((statement) => statement.type !== 'EmptyStatement');
  const first = body[0];
  if (first && hasAwaitUsing(body)) {
    state.stack = openDisposal(rewrite, first.start);
    // Appended, and not inserted after the last statement, which may be moved.
    rewrite.edits.append(`\n${closeDisposal(rewrite, site, state.stack, rewrite.line((last ?? first).start))}`);
  }
  rewrite.ancestors.push(program);
  // Functions count from the start: they exist before a namespace of the same name runs.
  for (const statement of body) {
    const declaration = declarationOf(statement);
    if (declaration.type === 'FunctionDeclaration' && declaration.id) state.open.add(declaration.id.name);
  }
  for (const statement of body) visitStatement(state, statement, statement === last);
  rewrite.ancestors.pop();
  hoist(rewrite, state.functions, state.imports, body);
  for (const name of hoisted) state.declares.add(name);
  return { declares: [...state.declares], hoisted, lexical: unsetNames(body) };
}

/** What the statements declare that are no imports; types are not among them. */
function ownNames(body: readonly Node[]): string[] {
  const names: string[] = [];
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration' && !isAmbient(statement)) declaredBy(statement, names);
  }
  return names;
}

function visitStatement(state: State, node: Node, last: boolean): void {
  const { rewrite, site } = state;
  if (isAmbient(node)) {
    rewrite.erase(node.start, node.end, ';');
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
      visitImport(rewrite, node, site, state.declares, state.own);
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
      visitImportEquals(rewrite, node, site, state.declares);
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
    for (const { local, exported, exportKind } of node.specifiers) {
      refuseTwice(state, exported);
      if (exportKind !== 'type') refuseUnknown(state, local);
    }
    rewrite.replace(node.start, node.end, ';');
    return;
  }
  // Decorators before `export` belong to the class.
  const decorators = declaration.type === 'ClassDeclaration' ? declaration.decorators : [];
  const from = decorators.findLast((decorator) => decorator.start < node.start + 1)?.end ?? node.start;
  const word = wordsBetween(rewrite.source, from, node.end).find((found) => found.word === 'export');
  if (word) rewrite.replace(word.start, word.end, '');
  if (declaration.type === 'TSImportEqualsDeclaration') {
    visitImportEquals(rewrite, declaration, state.site, state.declares);
    return;
  }
  visitDeclaration(state, declaration, node.start, node);
}

function visitDefault(state: State, node: Node & { type: 'ExportDefaultDeclaration' }, last: boolean): void {
  const { rewrite, site } = state;
  const { declaration } = node;
  refuseTwice(state, node);
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
  const start = Math.min(declaration.start, decorated[0]?.start ?? declaration.start);
  if (declaration.type === 'ClassDeclaration' && isDecorated(declaration)) {
    nameDefault(rewrite, declaration, start, last);
    rewrite.visit(declaration, site);
    return;
  }
  terminate(rewrite, node);
  const [open, close] = isNameless(declaration) ? namingParts('default') : ['(', ')'];
  rewrite.before(start, last ? `${rewrite.names.cell}.result(${open}` : open);
  rewrite.after(declaration.end, last ? `${close})` : close);
  rewrite.visit(declaration, site);
}

/** Older decorators are for declared classes: this one gets a name, for which merge.ts writes `default` in texts. */
function nameDefault(rewrite: Rewrite, { decorators, body, end }: Class, start: number, last: boolean): void {
  const { cell, own } = rewrite.names;
  const from = decorators.at(-1)?.end ?? start;
  const word = wordsBetween(rewrite.source, from, body.start).find((found) => found.word === 'class');
  rewrite.before(start, '{ ');
  rewrite.after(word?.end ?? from, ` ${defaultName(own)}`);
  rewrite.after(end, last ? ` ${cell}.result(${defaultName(own)}); }` : ' }');
}

/** An export of a name that the cell exports already. */
function refuseTwice({ rewrite, exported }: State, node: ModuleExportName | ExportDefaultDeclaration): void {
  const name = node.type === 'ExportDefaultDeclaration' ? 'default' : node.type === 'Literal' ? node.value : node.name;
  if (exported.has(name)) rewrite.fail(node, `Duplicated export '${name}'`);
  exported.add(name);
}

/** An export of a name that is not there: neither JavaScript's own names nor Node's can be exported. */
function refuseUnknown({ rewrite, isDeclared }: State, node: ModuleExportName): void {
  if (node.type !== 'Identifier' || isDeclared(node.name)) return;
  rewrite.fail(node, `Export '${node.name}' is not defined: no cell declares that name`);
}

/** Whether an export is a function or a class that has no name but `default`. */
function isNameless(exported: Node): boolean {
  if (exported.type === 'FunctionDeclaration' || exported.type === 'ClassDeclaration') return exported.id === null;
  return anonymous(exported) !== undefined;
}

/** Transforms a declaration; `outer` is the statement with its `export`. */
function visitDeclaration(state: State, node: Node, start: number, outer: Node): void {
  const { rewrite, site, declares } = state;
  const { cell } = rewrite.names;
  switch (node.type) {
    case 'VariableDeclaration':
      for (const { id } of node.declarations) for (const bound of boundNames(id)) declares.add(bound);
      visitTopVariables(rewrite, node, site, state.stack);
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
      // Anonymous, so that a recursive call uses the function's newest definition.
      rewrite.replace(node.id.start, node.id.end, '');
      rewrite.visit(node, site);
      return;
    case 'ClassDeclaration': {
      const name = node.id?.name ?? '';
      declares.add(name);
      state.open.add(name);
      if (isDecorated(node)) {
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
      const name = nameOf(node.id);
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

function nameOf(id: Node): string {
  const node = leftmost(id);
  return node.type === 'Identifier' ? node.name : '';
}
