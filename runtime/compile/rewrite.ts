// What every step of the transform shares: the text with its edits, the walk over the tree, and the names of our own.
// Edits are made parents first: an opening by `before`, a closing by `after`, so that they nest however many meet.

import MagicString from 'magic-string';
import { type Node, visitorKeys } from 'oxc-parser';
import { FLAG } from './flag.ts';
import type { Parsed } from './parse.ts';
import { CellSyntaxError } from './syntax-error.ts';

/** What kind of function the walk is in. */
export type Kind =
  /** The top level of a cell, itself a coroutine. */
  | 'cell'
  /** A coroutine literal. */
  | 'body'
  /** A literal given to asyncGenerator. */
  | 'stream'
  /** An async function left as it is. */
  | 'async'
  /** Any other function, and the top level of a module. */
  | 'plain';

/** Where the walk is. */
export interface Site {
  readonly kind: Kind;
  /** In a `finally` block, where loops stop only at a second interrupt. */
  readonly cleanup: boolean;
  /** What a lowered arrow function takes from the scope around it; undefined where nothing needs taking. */
  readonly captures?: Set<Capture> | undefined;
  /** Names that stand for others here: those of a pattern at a cell's top level. */
  readonly renames?: ReadonlyMap<string, string>;
}

/** What only an arrow function takes from around it, and a generator function does not. */
export type Capture = 'this' | 'arguments' | 'target' | 'super' | 'superSet';

/** What the code around the transformed text must provide. */
export type Need = 'resumed' | 'iterate' | 'dispose' | 'delegate' | 'esbuild' | 'merged' | 'jsx' | 'library' | 'stop';

/** The identifiers that the transform uses; none occurs in the person's source. */
export interface Names {
  readonly cell: string;
  readonly co: string;
  /** What loops look at: FLAG, or slower where the source has that name. */
  readonly stop: string;
  /** Holds the value of an await that did not suspend. */
  readonly v: string;
  /** Called in place of `yield` at a cell's top level until esbuild, which would refuse that, is done. As long as it. */
  readonly yield: string;
  /** Prefix of everything else. */
  readonly own: string;
}

/** What the transform is asked to do beside lowering coroutine literals and removing types. */
export interface Settings {
  readonly target: 'cell' | 'module';
  /** Interrupt checks in loops, and after awaits of plain async functions. */
  readonly checks: boolean;
  /** The name in coroutines' places: `Cell [3]`, or a file's path. */
  readonly file: string;
  /** Class fields are assigned, as TypeScript once had it, and not defined. */
  readonly assignsFields: boolean;
  /** Which export of cokernel a callee is, if any; the walk's ancestors are those of the call. */
  readonly resolve: (callee: Node, ancestors: readonly Node[]) => string | undefined;
}

/** One transform under way. */
export interface Rewrite extends Settings {
  readonly source: string;
  readonly edits: MagicString;
  readonly names: Names;
  readonly needs: Set<Need>;
  readonly ancestors: Node[];
  /** The variable that holds what a `using` declaration is released by, where the language's own will not do. */
  readonly stacks: Map<Node, string>;
  /** Hands out numbers for names that must differ. */
  next(): number;
  line(offset: number): number;
  /** Text before an offset, inside what earlier calls put there. */
  before(offset: number, text: string): void;
  /** Text after an offset, inside what earlier calls put there. */
  after(offset: number, text: string): void;
  /** Replaces a range; what was put before and after it stays. */
  replace(start: number, end: number, text: string): void;
  fail(node: Node, message: string): never;
  visit(node: Node | null | undefined, site: Site): void;
  children(node: Node, site: Site): void;
}

/** Starts a transform; `enter` decides on each node and calls `children` to go on. */
export function createRewrite(
  parsed: Parsed,
  settings: Settings,
  enter: (rewrite: Rewrite, node: Node, site: Site) => void,
): Rewrite {
  const edits = new MagicString(parsed.source);
  const ancestors: Node[] = [];
  let count = 0;
  const rewrite: Rewrite = {
    ...settings,
    source: parsed.source,
    edits,
    names: chooseNames(parsed.source),
    needs: new Set(),
    ancestors,
    stacks: new Map(),
    next: () => ++count,
    line: (offset) => parsed.lines.line(offset),
    before: (offset, text) => void edits.appendRight(offset, text),
    after: (offset, text) => void edits.prependLeft(offset, text),
    replace: (start, end, text) => void (end > start && edits.update(start, end, text)),
    fail(node, message) {
      const { line, column } = parsed.lines.place(node.start);
      throw new CellSyntaxError(message, line, column);
    },
    visit(node, site) {
      if (node) enter(rewrite, node, site);
    },
    children(node, site) {
      ancestors.push(node);
      for (const child of childrenOf(node)) enter(rewrite, child, site);
      ancestors.pop();
    },
  };
  return rewrite;
}

/** The nodes directly under a node, in order. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(value)) {
      for (const child of value) if (child) found.push(child);
    } else if (value) found.push(value);
  }
  return found;
}

function chooseNames(source: string): Names {
  for (let n = 0; ; n++) {
    const suffix = n === 0 ? '' : `${n}`;
    const names = {
      cell: `__cell${suffix}`,
      co: `__co${suffix}`,
      v: `__v${suffix}`,
      yield: `y${n.toString().padStart(3, '_')}d`,
      own: `__ck${suffix}`,
    };
    // A substring test refuses more than needed (`__cellar`), which costs nothing.
    if (Object.values(names).some((name) => source.includes(name))) continue;
    return { ...names, stop: source.includes(FLAG) ? `${names.cell}.stopped` : FLAG };
  }
}
