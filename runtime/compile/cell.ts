// Compiles cells: from TypeScript to the generator function that is the cell's body. The steps in order; each is in a
// file of its own.

import type { Node } from 'oxc-parser';
import type { CompiledCell } from '../events.ts';
import { type LibraryNames, namesAfter, resolver } from './cokernel-names.ts';
import { type Completeness, isComplete } from './completeness.ts';
import { compose, decode, type Mappings, mapText, unshift } from './maps.ts';
import { finishTopLevel } from './merge.ts';
import { normalise, parseCell } from './parse.ts';
import { childrenOf, createRewrite, type Names, type Rewrite } from './rewrite.ts';
import { escapeSeparators } from './separators.ts';
import { SUFFIX } from './suffix.ts';
import { supportText } from './support.ts';
import { CellSyntaxError } from './syntax-error.ts';
import { type TopLevel, visitCell } from './toplevel.ts';
import { assignsFields, type TsConfig, translate } from './typescript.ts';
import { mentioned, type Use, writeUses } from './uses.ts';
import { enter } from './visit.ts';

export { CellSyntaxError };

/** The settings of one cell. */
export interface CellOptions {
  /** The cell's name in tracebacks: `Cell [3]`. */
  readonly name: string;
  /** The name in the places of coroutines, where it is not `name`. */
  readonly file?: string;
}

/** The settings of all cells of a notebook. */
export interface CompilerOptions {
  /** The tsconfig.json of the notebook's folder; its JSX and decorator settings count. */
  readonly tsconfig?: TsConfig;
  /** False leaves out interrupt checks, so that their cost can be measured. Default true. */
  readonly checks?: boolean;
}

/** Compiles the cells of one notebook, in order, and remembers what they import from cokernel. */
export interface CellCompiler {
  /** Compiles one cell. Rejects with a CellSyntaxError where it is not TypeScript, or cannot be lowered. */
  compileCell(source: string, options: CellOptions): Promise<CompiledCell>;
  /** Whether a cell is complete, for front ends that ask on Enter. */
  isComplete(source: string): Completeness;
  /** Returns a function that forgets the imports of all cells compiled from now on, because they will not run. */
  mark(): () => void;
  /** Forgets what earlier cells imported: after a restart. */
  reset(): void;
}

/** Makes the compiler of one notebook. */
export function createCompiler({ tsconfig, checks = true }: CompilerOptions = {}): CellCompiler {
  let names: LibraryNames = new Map();
  return {
    compileCell(source, options) {
      try {
        const parsed = parseCell(normalise(source));
        const after = namesAfter(parsed.program, names);
        const transformed = transformCell(parsed, { ...options, checks }, after, tsconfig);
        names = after;
        return finish(transformed, tsconfig);
      } catch (error) {
        return Promise.reject(explain(error));
      }
    },
    isComplete,
    mark() {
      const before = names;
      return () => {
        names = before;
      };
    },
    reset() {
      names = new Map();
    },
  };
}

function explain(error: unknown): unknown {
  const deep = error instanceof RangeError && error.message.includes('call stack');
  return deep ? new CellSyntaxError('The source is nested too deeply to be compiled', 1, 1) : error;
}

type ParsedCell = ReturnType<typeof parseCell>;

interface Transformed {
  readonly rewrite: Rewrite;
  readonly parsed: ParsedCell;
  readonly found: TopLevel;
  readonly name: string;
}

function transformCell(
  parsed: ParsedCell,
  { name, file = name, checks }: CellOptions & { readonly checks: boolean },
  names: LibraryNames,
  tsconfig?: TsConfig,
): Transformed {
  const settings = {
    target: 'cell',
    checks,
    file,
    resolve: resolver(names),
    assignsFields: assignsFields(tsconfig),
  } as const;
  const rewrite = createRewrite(parsed, settings, enter);
  escapeSeparators(rewrite, parsed.program);
  refuseSuffixed(rewrite, parsed.program);
  const found = visitCell(rewrite, parsed.program);
  return { rewrite, parsed, found, name };
}

/** A name that ended as those of the notebook do would be taken for one. */
function refuseSuffixed(rewrite: Rewrite, node: Node): void {
  if (node.type === 'Program' && !/\u200c|\\u\{?0*200c/i.test(rewrite.source)) return;
  if (node.type === 'Identifier' && node.name.endsWith(SUFFIX)) rewrite.fail(node, 'A name cannot end in U+200C');
  for (const child of childrenOf(node)) refuseSuffixed(rewrite, child);
}

async function finish(transformed: Transformed, tsconfig: TsConfig | undefined): Promise<CompiledCell> {
  const { rewrite, parsed, found, name } = transformed;
  const { edits, names, needs } = rewrite;
  let uses: readonly Use[] = rewrite.uses;
  if (!needs.has('esbuild')) writeUses(rewrite, uses, { cell: names.cell, lexical: found.lexical });
  let body = edits.toString();
  let mappings: Mappings = unshift(edits.generateDecodedMap({ hires: 'boundary' }).mappings as Mappings, parsed.shift);
  if (needs.has('esbuild')) {
    const result = await translate(body, { jsx: needs.has('jsx'), tsconfig }, mappings);
    const finished = finishTopLevel(result.code, names, found);
    const translated = compose(decode((JSON.parse(result.map) as { mappings: string }).mappings), mappings);
    ({ code: body, uses } = finished);
    mappings = compose(finished.mappings, translated);
  }
  const head = headText(names, found, uses);
  return {
    code: `${head}\n${body.replaceAll(names.yield, 'yield')}\n${supportText(rewrite)}})`,
    map: mapText(mappings, name, 1),
    declares: found.declares,
  };
}

/** The first line: the function's head, and what the cell process must know before the person's code runs. */
function headText({ cell, co, v }: Names, { hoisted, lexical }: TopLevel, uses: readonly Use[]): string {
  const { free, written } = mentioned(uses);
  const lists = [free, [...lexical.keys()].join(' '), written].map((names) => `"${names}"`).join(', ');
  const names = lists === '"", "", ""' ? '' : ` ${cell}.names(${lists});`;
  const vars = hoisted.length === 0 ? '' : ` ${cell}.var(${hoisted.map((name) => JSON.stringify(name)).join(', ')});`;
  return `(function* (${cell}, ${co}) { "use strict"; let ${v};${names}${vars}`;
}
