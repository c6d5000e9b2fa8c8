// Compiles cells: from TypeScript to the generator function that is the cell's body. The steps in order; each is in a
// file of its own.

import type { Node } from 'oxc-parser';
import type { CompiledCell } from '../events.ts';
import { isShort } from '../parser.ts';
import { resolver } from './cokernel-names.ts';
import { type Completeness, isComplete } from './completeness.ts';
import { settle } from './doubt.ts';
import { compose, decode, mapText, refine, unshift } from './maps.ts';
import { type Finished, finishTopLevel, STRICT } from './merge.ts';
import { normalise } from './normalise.ts';
import { parseCell } from './parse.ts';
import { isDeclared, NOTHING, type Remembered, remember } from './remembered.ts';
import { childrenOf, createRewrite, type Names, type Rewrite, type Settings, type Way } from './rewrite.ts';
import { countedByV8 } from './separators.ts';
import { SUFFIX } from './suffix.ts';
import { supportText } from './support.ts';
import { CellSyntaxError, explained } from './syntax-error.ts';
import { type TopLevel, visitCell } from './toplevel.ts';
import { assignsFields, emitsMetadata, LongResult, type Means, type TsConfig, translate } from './typescript.ts';
import { mentioned, type Use, writeUses } from './uses.ts';
import { enter } from './visit.ts';
import { writeOut } from './write-out.ts';

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
  /** What interrupt checks read, where FLAG is not a number: an expression. */
  readonly stop?: string;
  /** `esbuild` sends every cell through esbuild, also those whose types can be removed in place. Default `in-place`. */
  readonly compiler?: Way | undefined;
  /**
   * Compiles cells that are too long for this process, as they are or as esbuild makes them; without it they are compiled
   * here too.
   */
  readonly elsewhere?: (source: string, options: CellOptions, before: Remembered) => Promise<CompiledAndAfter>;
}

/** A compiled cell, and what is remembered after it. */
export interface CompiledAndAfter {
  readonly compiled: CompiledCell;
  readonly after: Remembered;
}

/** Compiles the cells of one notebook, in order, and remembers what they declare, and import from cokernel. */
export interface CellCompiler {
  /** Compiles one cell. Rejects with a CellSyntaxError where it is not TypeScript, or cannot be lowered. */
  compileCell(source: string, options: CellOptions): Promise<CompiledCell>;
  /** Whether a cell is complete, for front ends that ask on Enter. */
  isComplete(source: string): Completeness;
  /** Returns a function that forgets all cells compiled from now on, because they will not run. */
  mark(): () => void;
  /** Forgets all earlier cells: after a restart. */
  reset(): void;
}

/** Makes the compiler of one notebook. */
export function createCompiler(settings: CompilerOptions = {}): CellCompiler {
  const { elsewhere } = settings;
  /** A promise while a long cell is compiled elsewhere: the cells behind it wait for what it declares. */
  let memory: Remembered | Promise<Remembered> = NOTHING;
  let resets = 0;
  const become = (after: Remembered | Promise<Remembered>) => {
    memory = after;
    if (after instanceof Promise) void after.then((found) => memory === after && become(found));
  };
  const compileLater = (before: Remembered | Promise<Remembered>, source: string, options: CellOptions) => {
    const both = Promise.resolve(before).then(async (known) => {
      if (elsewhere && !isShort(source)) return elsewhere(source, options, known);
      const { compiled, after } = compileWith(source, options, known, settings);
      return { compiled: await compiled, after };
    });
    become(
      both.then(
        ({ after }) => after,
        () => before,
      ),
    );
    return both.then(({ compiled }) => compiled);
  };
  return {
    compileCell(source, options) {
      if (memory instanceof Promise || (elsewhere && !isShort(source))) return compileLater(memory, source, options);
      try {
        const { compiled, after } = compileWith(source, options, memory, settings);
        memory = after;
        return compiled;
      } catch (error) {
        return Promise.reject(error);
      }
    },
    isComplete,
    mark() {
      const [before, epoch] = [memory, resets];
      // After a reset the cells before the mark are forgotten too.
      return () => void (epoch === resets && become(before));
    },
    reset() {
      resets += 1;
      memory = NOTHING;
    },
  };
}

/**
 * Compiles one cell; `before` is what is remembered of the cells before it. What is remembered after it is there at once.
 *
 * @throws CellSyntaxError
 */
export function compileWith(
  source: string,
  options: CellOptions,
  before: Remembered,
  { tsconfig, checks = true, stop, compiler, elsewhere }: CompilerOptions,
): { readonly compiled: Promise<CompiledCell>; readonly after: Remembered } {
  return explained(() => {
    const parsed = parseCell(normalise(source));
    const after = remember(parsed.program, before);
    const transform = () => transformCell(parsed, { ...options, checks, stop, compiler }, after, tsconfig);
    const how: Means = { tsconfig, short: elsewhere !== undefined };
    const compiled =
      parsed.doubt === undefined
        ? finish(transform(), how)
        : settle(parsed, how).then(() => finish(explained(transform), how));
    if (!elsewhere) return { compiled, after };
    const instead = async (error: unknown) => {
      if (error instanceof LongResult) return (await elsewhere(source, options, before)).compiled;
      throw error;
    };
    return { compiled: compiled.catch(instead), after };
  });
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
  {
    name,
    file = name,
    checks,
    stop,
    compiler,
  }: CellOptions & { readonly checks: boolean } & Pick<Settings, 'stop' | 'compiler'>,
  after: Remembered,
  tsconfig?: TsConfig,
): Transformed {
  const settings = {
    target: 'cell',
    checks,
    stop,
    compiler,
    file,
    resolve: resolver(after.library),
    assignsFields: assignsFields(tsconfig),
    metadata: emitsMetadata(tsconfig),
  } as const;
  const rewrite = createRewrite(parsed, settings, enter);
  refuseSuffixed(rewrite, parsed.program);
  const found = visitCell(rewrite, parsed.program, (name) => isDeclared(after, name));
  return { rewrite, parsed, found, name };
}

/** A name that ended as those of the notebook do would be taken for one. */
function refuseSuffixed(rewrite: Rewrite, node: Node): void {
  if (node.type === 'Program' && !/\u200c|\\u\{?0*200c/i.test(rewrite.source)) return;
  if (node.type === 'Identifier' && node.name.endsWith(SUFFIX)) rewrite.fail(node, 'A name cannot end in U+200C');
  for (const child of childrenOf(node)) refuseSuffixed(rewrite, child);
}

async function finish(transformed: Transformed, how: Means): Promise<CompiledCell> {
  const { rewrite, found, name } = transformed;
  const { names } = rewrite;
  const { code, mappings, uses } = rewrite.needs.has('esbuild')
    ? await throughEsbuild(transformed, how)
    : inPlace(transformed);
  const head = headText(names, found, uses);
  return {
    code: `${head}\n${code.replaceAll(names.yield, 'yield')}\n${supportText(rewrite)}})`,
    map: mapText(mappings, name, 1),
    declares: found.declares,
  };
}

/** A cell whose types alone were in the way. */
function inPlace({ rewrite, parsed, found }: Transformed): Finished {
  const { uses, names, edits, source } = rewrite;
  const ended = writeUses(rewrite, uses, { cell: names.cell, lexical: found.lexical });
  const { code, mappings } = writeOut(edits, source, ended);
  const counted = countedByV8(code, mappings);
  // Whoever reads the map has the text without the parenthesis.
  return { code, mappings: parsed.shift === 0 ? counted : unshift(refine(counted, code, source), parsed.shift), uses };
}

/** A cell with parts that esbuild lowers. */
async function throughEsbuild({ rewrite, parsed, found }: Transformed, how: Means): Promise<Finished> {
  const { names, needs, edits, source } = rewrite;
  const edited = writeOut(edits, source);
  // esbuild counts lines as V8 does.
  const pieces = refine(countedByV8(edited.code, edited.mappings), edited.code, source);
  const mappings = [[], ...unshift(pieces, parsed.shift)];
  const result = await translate(STRICT + edited.code, { ...how, jsx: needs.has('jsx') }, mappings);
  const finished = finishTopLevel(result.code, names, found);
  const translated = compose(decode((JSON.parse(result.map) as { mappings: string }).mappings), mappings);
  return { ...finished, mappings: compose(finished.mappings, translated) };
}

/** The first line: the function's head, and what the cell process must know before the person's code runs. */
function headText({ cell, co, v }: Names, { hoisted, lexical }: TopLevel, uses: readonly Use[]): string {
  const { free, written } = mentioned(uses);
  const lists = [free, [...lexical.keys()].join(' '), written].map((names) => `"${names}"`).join(', ');
  const names = lists === '"", "", ""' ? '' : ` ${cell}.names(${lists});`;
  const vars = hoisted.length === 0 ? '' : ` ${cell}.var(${hoisted.map((name) => JSON.stringify(name)).join(', ')});`;
  return `(function* (${cell}, ${co}) { "use strict"; let ${v};${names}${vars}`;
}
