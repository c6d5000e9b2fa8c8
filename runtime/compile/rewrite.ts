// What every step of the transform shares: the text with its edits, the walk over the tree, and our own names. Edits
// are made parents first, openings with `before` and closings with `after`, so that any number of them nest at one
// offset.

import type { Node } from 'oxc-parser';
import { loadParser } from '../parser.ts';
import { Edits } from './edits.ts';
import { FLAG } from './flag.ts';
import type { Parsed } from './parse.ts';
import { createScopes, type Scopes } from './scopes.ts';
import { CellSyntaxError } from './syntax-error.ts';
import { type Use, type Writer, writerOf } from './uses.ts';

/** What kind of function the walk is in. */
export type Kind =
  /** The top level of a cell, itself a coroutine. */
  | 'cell'
  /** A coroutine literal. */
  | 'body'
  /** A literal passed to asyncGenerator. */
  | 'stream'
  /** An async function that stays one. */
  | 'async'
  /** Any other function, and the top level of a module. */
  | 'plain';

/** Where the walk is. */
export interface Site {
  readonly kind: Kind;
  /** Inside a `finally` block, where loops stop only at a second interrupt. */
  readonly cleanup: boolean;
  /** What the lowered arrow function around takes from its scope; undefined outside of lowered arrow functions. */
  readonly captures?: Set<Capture> | undefined;
  /** Inside a function or an instance's field: what runs later than the statement around it. */
  readonly later?: boolean;
  /** What names are replaced by here: those that a pattern at a cell's top level declares. */
  readonly renames?: ReadonlyMap<string, string> | undefined;
  /** Types go, whoever removes them elsewhere: what a declaration of a cell becomes has no room for them. */
  readonly untyped?: boolean;
}

/** What an arrow function takes from the function around it, and a generator function does not. */
export type Capture = 'this' | 'arguments' | 'target' | 'super' | 'superSet';

/** What the code around the transformed text must provide. */
export type Need = 'resumed' | 'iterate' | 'dispose' | 'delegate' | 'esbuild' | 'merged' | 'jsx' | 'library' | 'stop';

/** The identifiers that the transform adds; none occurs in the person's source. */
export interface Names {
  readonly cell: string;
  readonly co: string;
  /** What interrupt checks read: FLAG, or a slower expression where the source uses that name. */
  readonly stop: string;
  /** Holds the value of an await that did not suspend. */
  readonly v: string;
  /**
   * Called instead of `yield` at a cell's top level until esbuild, which would refuse `yield`, is done; equally long.
   */
  readonly yield: string;
  /** Prefix of everything else. */
  readonly own: string;
}

/** Who removes the types of a cell: we do, unless it has more than types, or esbuild does for every cell. */
export type Way = 'in-place' | 'esbuild';

/** What the transform does besides lowering coroutine literals and removing types. */
export interface Settings {
  readonly target: 'cell' | 'module';
  /** Interrupt checks in loops, and after awaits of plain async functions. */
  readonly checks: boolean;
  /** What interrupt checks read, where it is not FLAG itself. */
  readonly stop?: string | undefined;
  /** The name in the places of coroutines: `Cell [3]`, or a file's path. */
  readonly file: string;
  /** Class fields are assigned, as older TypeScript did, and not defined. */
  readonly assignsFields: boolean;
  /** Decorators tell Reflect.metadata the types of what they decorate. */
  readonly metadata?: boolean | undefined;
  /** `esbuild` leaves types for esbuild to remove; default `in-place`. */
  readonly compiler?: Way | undefined;
  /** The export of cokernel that a callee is, if any, where no scope around the call binds its name. */
  readonly resolve: (callee: Node, scopes: Scopes) => string | undefined;
}

/** One transform under way. */
export interface Rewrite extends Settings, Writer {
  readonly source: string;
  readonly edits: Edits;
  readonly names: Names;
  readonly needs: Set<Need>;
  readonly ancestors: Node[];
  /** What is bound around the node that is visited. */
  readonly scopes: Scopes;
  /** Uses of the notebook's names in a cell, in the order of the walk. */
  readonly uses: Use[];
  /** The variable with the stack that releases a `using` declaration, where JavaScript's own does not serve. */
  readonly stacks: Map<Node, string>;
  /** The next number for names that must differ. */
  next(): number;
  line(offset: number): number;
  fail(node: Node, message: string): never;
  /** Replaces what only TypeScript reads, unless esbuild does it. */
  erase(start: number, end: number, text: string): void;
  visit(node: Node | null | undefined, site: Site): void;
  children(node: Node, site: Site): void;
}

/** Starts a transform. `enter` transforms one node, and calls `children` to go on. */
export function createRewrite(
  parsed: Parsed,
  settings: Settings,
  enter: (rewrite: Rewrite, node: Node, site: Site) => void,
): Rewrite {
  const edits = new Edits(parsed.source);
  const ancestors: Node[] = [];
  const writer = writerOf(edits);
  let count = 0;
  const rewrite: Rewrite = {
    ...settings,
    source: parsed.source,
    edits,
    names: chooseNames(parsed.source, settings.stop ?? FLAG),
    needs: new Set(settings.compiler === 'esbuild' ? ['esbuild'] : []),
    ancestors,
    scopes: createScopes(),
    uses: [],
    stacks: new Map(),
    next: () => ++count,
    line: (offset) => parsed.lines.line(offset),
    ...writer,
    erase: settings.compiler === 'esbuild' ? () => {} : writer.replace,
    fail(node, message) {
      const { line, column } = parsed.lines.place(node.start);
      throw new CellSyntaxError(message, line, column);
    },
    visit(node, site) {
      if (node) enter(rewrite, node, site);
    },
    children(node, site) {
      ancestors.push(node);
      eachChild(node, (child) => enter(rewrite, child, site));
      ancestors.pop();
    },
  };
  return rewrite;
}

/** The nodes directly under a node, in order. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  eachChild(node, (child) => found.push(child));
  return found;
}

let keysByType: Readonly<Record<string, readonly string[]>> | undefined;

function eachChild(node: Node, visit: (child: Node) => void): void {
  keysByType ??= loadParser().visitorKeys;
  const keys = keysByType[node.type];
  if (keys === undefined) return;
  // By index: iterators of arrays were a tenth of the walk over a long cell.
  for (let at = 0; at < keys.length; at++) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[keys[at] as string];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const child = value[index];
        if (child) visit(child);
      }
    } else visit(value);
  }
}

function chooseNames(source: string, stop: string): Names {
  for (let n = 0; ; n++) {
    const suffix = n === 0 ? '' : `${n}`;
    const names = {
      cell: `__cell${suffix}`,
      co: `__co${suffix}`,
      v: `__v${suffix}`,
      yield: `y${n.toString().padStart(3, '_')}d`,
      own: `__ck${suffix}`,
    };
    // A substring test also excludes names such as `__cellar`, which does no harm.
    if (Object.values(names).some((name) => source.includes(name))) continue;
    return { ...names, stop: source.includes(FLAG) ? `${names.cell}.stopped` : stop };
  }
}
