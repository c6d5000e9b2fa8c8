// Uses of names that are bound nowhere in a cell's functions and blocks: they are the notebook's, or the process's. Each
// is noted by a walk (visit.ts over the source, free-names.ts over JavaScript) and written out once the walk is over,
// when nothing can come between a name and its suffix any more.

import type { Node } from 'oxc-parser';
import type { Edits } from './edits.ts';
import type { Scopes } from './scopes.ts';

/** A use of a name of the notebook. */
export interface Use {
  readonly name: string;
  readonly start: number;
  /** Where the identifier itself ends. */
  readonly end: number;
  readonly form: 'plain' | 'shorthand' | 'eval' | 'Function' | 'import';
  /** The expression around that only asks for the name's type. */
  readonly asked?: Node | undefined;
  /** The nameless function or class that is assigned to the name, and gets it as its own. */
  readonly named?: Node | undefined;
  /** Whether the name is assigned to. */
  readonly written: boolean;
  /** Inside a function or the like, which may be called later. */
  readonly later: boolean;
  /** For `eval`: its first argument, and the names that are bound where it is called. */
  readonly text?: { readonly node: Node; readonly bound: readonly string[] };
  /** For `import()`: its second argument. */
  readonly options?: Node;
}

/** Names that mean the same everywhere, and cannot be declared. */
export const NEVER_SUFFIXED: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity', 'globalThis', 'arguments']);

/** Reads how an identifier is used; the last of `ancestors` is its parent. `end`: where the name itself ends. */
export function useOf(
  node: Node & { readonly name: string },
  end: number,
  ancestors: readonly Node[],
  scopes: Scopes,
  later: boolean,
): Use {
  const { name, start } = node;
  // One literal for every use: thousands of them, copied part by part, were a tenth of the time of a long cell.
  const as = (form: Use['form'], written: boolean, asked?: Node, named?: Node): Use => ({
    name,
    start,
    end,
    form,
    asked,
    named,
    written,
    later,
  });
  let depth = ancestors.length - 1;
  let child: Node = node;
  let parent = ancestors[depth];
  if (parent === undefined) return as('plain', false);
  if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee === node) {
    return called(as('plain', false), parent, scopes);
  }
  while (parent && isAround(parent)) {
    child = parent;
    parent = ancestors[--depth];
  }
  switch (parent?.type) {
    case 'UnaryExpression':
      return as('plain', false, parent.operator === 'typeof' ? parent : undefined);
    case 'AssignmentExpression':
      if (parent.left !== child) return as('plain', false);
      return as('plain', true, undefined, NAMING.has(parent.operator) ? anonymous(parent.right) : undefined);
    case 'VariableDeclarator':
      return parent.id === child ? as('plain', true, undefined, anonymous(parent.init)) : as('plain', false);
    case 'AssignmentPattern': {
      if (parent.left !== child) return as('plain', false);
      const form = isShorthand(ancestors[depth - 1]) ? 'shorthand' : 'plain';
      return as(form, true, undefined, anonymous(parent.right));
    }
    case 'Property': {
      const form = parent.shorthand ? 'shorthand' : 'plain';
      return as(form, ancestors[depth - 1]?.type === 'ObjectPattern' && parent.value === child);
    }
    case 'ForInStatement':
    case 'ForOfStatement':
      return as('plain', parent.left === child);
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return as('plain', true);
    default:
      return as('plain', false);
  }
}

/** Operators whose right side, where it is a nameless function, takes the name on the left. */
const NAMING = new Set(['=', '??=', '||=', '&&=']);

function called(base: Use, call: Node & { type: 'CallExpression' | 'NewExpression' }, scopes: Scopes): Use {
  if (base.name === 'Function') return { ...base, form: 'Function' };
  if (base.name !== 'eval' || call.type === 'NewExpression' || call.optional) return base;
  const [text] = call.arguments;
  if (text?.type === 'SpreadElement') return base;
  return { ...base, form: 'eval', ...(text && { text: { node: text, bound: scopes.bound() } }) };
}

function isShorthand(node: Node | undefined): boolean {
  return node?.type === 'Property' && node.shorthand;
}

/** Whether a node is only parentheses or a cast around an expression. */
function isAround(node: Node): boolean {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return true;
    default:
      return false;
  }
}

/** The expression, where it is a function or a class without a name. */
export function anonymous(expression: Node | null): Node | undefined {
  let node = expression;
  while (node && isAround(node)) node = (node as Node & { readonly expression: Node }).expression;
  switch (node?.type) {
    case 'ArrowFunctionExpression':
      return expression ?? undefined;
    case 'FunctionExpression':
    case 'ClassExpression':
      return node.id === null ? (expression ?? undefined) : undefined;
    default:
      return undefined;
  }
}

/** Edits a text, outermost edits first. */
export interface Writer {
  /** Inserts text before an offset, inside what earlier calls inserted there. */
  before(offset: number, text: string): void;
  /** Inserts text after an offset, inside what earlier calls inserted there. */
  after(offset: number, text: string): void;
  /** Replaces a range; text inserted before and after it stays. */
  replace(start: number, end: number, text: string): void;
}

/** The writer of some edits. */
export function writerOf(edits: Edits): Writer {
  return {
    before: (offset, text) => void edits.appendRight(offset, text),
    after: (offset, text) => void edits.prependLeft(offset, text),
    replace: (start, end, text) => void (end > start && edits.update(start, end, text)),
  };
}

/** How uses are written out. */
export interface Writing {
  /** The expression for the object that compiled code asks about names: `__cell`. */
  readonly cell: string;
  /** Names that the program declares, and where they have no value. */
  readonly lexical: ReadonlyMap<string, Unset>;
}

/** Where a name has no value: before an offset, and in a pattern's initialiser, which follows the name. */
export interface Unset {
  readonly before: number;
  readonly initialiser?: { readonly start: number; readonly end: number };
}

function isUnset(unset: Unset | undefined, at: number): boolean {
  if (unset === undefined) return false;
  const { before, initialiser } = unset;
  return at < before || (initialiser !== undefined && at >= initialiser.start && at < initialiser.end);
}

/** The texts around a nameless function or class that give it a name. */
export function namingParts(name: string): readonly [string, string] {
  return name === '__proto__' ? ['({ ["__proto__"]: ', ' })["__proto__"]'] : [`({ ${name}: `, ` }).${name}`];
}

/** Writes out the uses of one program but for the suffix of those that it returns, all in the order of the walk. */
export function writeUses(writer: Writer, uses: readonly Use[], writing: Writing): readonly Use[] {
  return uses.filter((use) => writeUse(writer, use, writing));
}

/** True where the name is to get its suffix. */
function writeUse(writer: Writer, use: Use, { cell, lexical }: Writing): boolean {
  const { name, start, end, form, asked, named, text } = use;
  if (form === 'eval') {
    if (text === undefined) return false;
    writer.before(text.node.start, `${cell}.text(`);
    writer.after(text.node.end, `, ${JSON.stringify(text.bound.join(' '))})`);
    return false;
  }
  // Strict code cannot assign to it: V8 is to say so.
  if (name === 'eval' && use.written) return false;
  if (form === 'import') {
    writeImport(writer, use, cell);
    return false;
  }
  if (form === 'Function') {
    writer.replace(start, end, `${cell}.Function`);
    return false;
  }
  if (named) {
    const [open, close] = namingParts(name);
    writer.before(named.start, open);
    writer.after(named.end, close);
  }
  if (!use.later && isUnset(lexical.get(name), start)) {
    const early = `${cell}.early(${JSON.stringify(name)})${use.written ? '.v' : ''}`;
    writer.replace(start, end, form === 'shorthand' ? `${name}: ${early}` : early);
    return false;
  }
  if (asked && !lexical.has(name)) {
    writer.before(asked.start, `(${cell}.known(${JSON.stringify(name)}) ? `);
    writer.after(asked.end, ' : "undefined")');
  }
  if (form === 'shorthand') writer.before(start, `${name}: `);
  return true;
}

/** `import()` becomes a call of the loader. Its attributes are passed as those of an import statement. */
export function writeImport(
  writer: Writer,
  { start, options }: { readonly start: number; readonly options?: Node | null },
  cell: string,
): void {
  writer.replace(start, start + 'import'.length, `${cell}.import`);
  if (!options) return;
  writer.before(options.start, '(');
  writer.after(options.end, ')?.with');
}

/** The names of some uses, each once, and those of them that are assigned to; separated by spaces. */
export function mentioned(uses: readonly Use[]): { readonly free: string; readonly written: string } {
  const free = new Set<string>();
  const written = new Set<string>();
  for (const use of uses) {
    if (use.form === 'eval' || use.form === 'import') continue;
    free.add(use.name);
    if (use.written) written.add(use.name);
  }
  return { free: [...free].join(' '), written: [...written].join(' ') };
}
