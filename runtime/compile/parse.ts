// From source text to a syntax tree: as TypeScript first, and as TSX where that fails. One parser reads every cell.

import type { OxcError, Program } from 'oxc-parser';
import { parseText, TOO_DEEP } from '../parser.ts';
import { type Lines, linesOf } from './lines.ts';
import { type CellSyntaxError, fromParser } from './syntax-error.ts';

/** Which grammar a text follows. */
export type Language = 'ts' | 'tsx' | 'js' | 'jsx';

/** A parsed text. The offsets of the tree refer to `source`. */
export interface Parsed {
  readonly source: string;
  readonly program: Program;
  readonly language: Language;
  readonly lines: Lines;
  /** The parser's first error, where it has a tree all the same: TypeScript may be all that minds (doubt.ts). */
  readonly doubt?: CellSyntaxError;
}

/** The outcome of an attempt. */
export interface Attempt {
  readonly program: Program;
  readonly language: Language;
  readonly errors: readonly OxcError[];
}

/** Parses a text and returns the errors found; does not throw for errors in the text. */
export function attempt(source: string, languages: readonly Language[]): Attempt {
  let best: Attempt | undefined;
  for (const language of languages) {
    const result = parseText(`cell.${language}`, source, {
      lang: language,
      sourceType: 'module',
      astType: 'ts',
      showSemanticErrors: true,
    });
    const errors = result.errors;
    if (errors.length === 0) return { program: result.program, language, errors };
    // No other language makes a text less deep, and each try takes a process.
    if (errors[0]?.message === TOO_DEEP) return { program: result.program, language, errors };
    // The grammar that got further has the better error message.
    if (best === undefined || firstError(errors) > firstError(best.errors)) {
      best = { program: result.program, language, errors };
    }
  }
  if (best === undefined) throw new Error('attempt: at least one language was expected, got none');
  return best;
}

function firstError(errors: readonly OxcError[]): number {
  return errors[0]?.labels[0]?.start ?? 0;
}

/** A cell's tree, or what is wrong. `shift` is 1 where the text was put in parentheses, else 0. */
export interface CellAttempt extends Attempt {
  readonly text: string;
  readonly shift: 0 | 1;
}

/** As {@link attempt}, for a cell. A cell that begins with a brace is an object literal where it parses as one. */
export function attemptCell(source: string): CellAttempt {
  const plain = (): CellAttempt => ({ ...attempt(source, ['ts', 'tsx']), text: source, shift: 0 });
  if (!startsWithBrace(source) || source.trimEnd().endsWith(';')) return plain();
  const text = `(${source}\n)`;
  const literal: CellAttempt = { ...attempt(text, ['ts', 'tsx']), text, shift: 1 };
  if (literal.errors.length === 0 && isOneExpression(literal.program)) return literal;
  const block = plain();
  const further =
    literal.errors.length > 0 && block.errors.length > 0 && firstError(literal.errors) - 1 > firstError(block.errors);
  return further ? literal : block;
}

/** Whether a cell may be an object literal. */
export function startsWithBrace(source: string): boolean {
  return source.trimStart().startsWith('{');
}

function isOneExpression({ body }: Program): boolean {
  const [statement] = body;
  if (body.length !== 1 || statement?.type !== 'ExpressionStatement') return false;
  return statement.expression.type === 'ParenthesizedExpression';
}

/** The tree of a cell. @throws CellSyntaxError where there is none */
export function parseCell(source: string): Parsed & { readonly shift: 0 | 1 } {
  const { text, shift, ...found } = attemptCell(source);
  return { ...checked(text, found, shift), shift };
}

/** The tree of a text. @throws CellSyntaxError where there is none */
export function parse(source: string, languages: readonly Language[]): Parsed {
  return checked(source, attempt(source, languages), 0);
}

function checked(source: string, { program, language, errors }: Attempt, shift: number): Parsed {
  const lines = linesOf(source, shift);
  const error = errors[0];
  if (error === undefined) return { source, program, language, lines };
  const doubt = fromParser(error, source, lines);
  if (program.body.length === 0) throw doubt;
  return { source, program, language, lines, doubt };
}
