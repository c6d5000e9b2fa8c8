// What the compile process does with one text. Tasks and their results are plain data. A task runs in that process
// (main.ts), or in the kernel process where its text is short (compile-process.ts decides).

import { compileWith } from '../../runtime/compile/cell.ts';
import { type Completeness, isComplete } from '../../runtime/compile/completeness.ts';
import { type CompiledModule, compileModule } from '../../runtime/compile/module.ts';
import type { Remembered } from '../../runtime/compile/remembered.ts';
import type { Way } from '../../runtime/compile/rewrite.ts';
import { scopeText } from '../../runtime/compile/scope-text.ts';
import { CellSyntaxError, isOverflow } from '../../runtime/compile/syntax-error.ts';
import type { TsConfig } from '../../runtime/compile/typescript.ts';
import { functionText } from '../../runtime/compile/written-function.ts';
import type { CompiledCell, FunctionPlace, ScopedText } from '../../runtime/events.ts';
import { TOO_DEEP } from '../../runtime/parser.ts';
import { type Stretch, type Surroundings, stopsOf, surroundingsOf } from './code-tree.ts';
import { importsOf } from './imports-of.ts';
import { readSource, type Source } from './read-cell.ts';

/** The tasks by name: what each needs besides its text, and what it results in. */
export interface Tasks {
  cell: {
    readonly needs: {
      readonly name: string;
      readonly before: Memory;
      readonly tsconfig: TsConfig | undefined;
      readonly compiler?: Way | undefined;
    };
    /** Of the names that cells declared, `after` has those of this one alone. */
    readonly result: { readonly compiled: CompiledCell; readonly after: Memory };
  };
  module: {
    readonly needs: { readonly path: string; readonly tsconfig: TsConfig | undefined };
    readonly result: CompiledModule;
  };
  completeness: { readonly needs: object; readonly result: Completeness };
  read: { readonly needs: object; readonly result: Source | undefined };
  /** A text that a cell gives to eval or Function. */
  scope: { readonly needs: { readonly bound: string }; readonly result: ScopedText | undefined };
  /** The text of a function, for String(f); the text is the source that holds it. */
  function: {
    readonly needs: { readonly place: Omit<FunctionPlace, 'source'>; readonly tsconfig: TsConfig | undefined };
    readonly result: string | undefined;
  };
  imports: { readonly needs: { readonly file: string }; readonly result: readonly string[] };
  /** Where V8 can stop in a text of running code. */
  stops: { readonly needs: object; readonly result: readonly Stretch[] };
  surroundings: { readonly needs: { readonly offset: number }; readonly result: Surroundings };
}

/** What the compiler remembers of cells, with its map as pairs. */
export type Memory = Omit<Remembered, 'library'> & { readonly library: readonly (readonly [string, string])[] };

export type Task = keyof Tasks;

type Work = {
  readonly [Name in Task]: (
    text: string,
    needs: Tasks[Name]['needs'],
  ) => Promise<Tasks[Name]['result']> | Tasks[Name]['result'];
};

export const work: Work = {
  async cell(source, { name, before, tsconfig, compiler }) {
    const { compiled, after } = compileWith(source, { name }, unpackMemory(before), { tsconfig, compiler });
    const own = after.declared.slice(before.declared.length);
    return { compiled: await compiled, after: packMemory({ ...after, declared: own }) };
  },
  module: (source, { path, tsconfig }) => compileModule(source, path, { tsconfig }),
  completeness: isComplete,
  read: readSource,
  scope: (text, { bound }) => scopeText(text, bound),
  function: (source, { place, tsconfig }) => functionText({ ...place, source }, tsconfig),
  imports: (source, { file }) => importsOf(file, source),
  stops: stopsOf,
  surroundings: (code, { offset }) => surroundingsOf(code, offset),
};

/** As it crosses between the processes. */
export function packMemory({ library, ...rest }: Remembered): Memory {
  return { ...rest, library: [...library] };
}

/** The reverse. */
export function unpackMemory({ library, ...rest }: Memory): Remembered {
  return { ...rest, library: new Map(library) };
}

/** An error as it crosses from the process; one of the source has a place. */
export interface TaskError {
  readonly name: string;
  readonly message: string;
  readonly place?: { readonly line: number; readonly column: number };
}

/** The error as plain data. */
export function packError(error: unknown): TaskError {
  // The code that reads the tree ran out of stack before the parser did.
  if (isOverflow(error)) return packError(new CellSyntaxError(TOO_DEEP, 1, 1));
  if (error instanceof CellSyntaxError) {
    const { name, message, line, column } = error;
    return { name, message, place: { line, column } };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** The error that `packError` was given, restored as far as possible. */
export function unpackError({ name, message, place }: TaskError): Error {
  if (place) return new CellSyntaxError(message, place.line, place.column);
  return Object.assign(new Error(message), { name });
}
