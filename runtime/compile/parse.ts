// Source text to a syntax tree, as TypeScript first and as TSX where that fails. One parser reads every cell.

import { type OxcError, type Program, parseSync } from 'oxc-parser';
import { type Lines, linesOf } from './lines.ts';
import { fromParser } from './syntax-error.ts';

/** Which grammar a text follows. */
export type Language = 'ts' | 'tsx' | 'js' | 'jsx';

/** A parsed text. `source` is what the offsets of the tree count in. */
export interface Parsed {
  readonly source: string;
  readonly program: Program;
  readonly language: Language;
  readonly lines: Lines;
}

/** The outcome of an attempt. */
export interface Attempt {
  readonly program: Program;
  readonly language: Language;
  readonly errors: readonly OxcError[];
}

/**
 * Makes a text harmless to wrap, without moving anything: a byte order mark becomes a space, a hashbang a comment, a
 * lone carriage return a newline (V8 counts it as one, source maps do not).
 */
export function normalise(source: string): string {
  let text = source;
  if (text.charCodeAt(0) === 0xfeff) text = ` ${text.slice(1)}`;
  const start = text.charCodeAt(0) === 0x20 ? 1 : 0;
  if (text.startsWith('#!', start)) text = `${text.slice(0, start)}//${text.slice(start + 2)}`;
  if (text.includes('\r')) text = loneReturnsToNewlines(text);
  return text;
}

function loneReturnsToNewlines(text: string): string {
  const parts = text.split('\r\n').map((part) => part.replaceAll('\r', '\n'));
  return parts.join('\r\n');
}

/** Parses and reports; never throws. */
export function attempt(source: string, languages: readonly Language[]): Attempt {
  let best: Attempt | undefined;
  for (const language of languages) {
    const result = parseSync(`cell.${language}`, source, {
      lang: language,
      sourceType: 'module',
      astType: 'ts',
      showSemanticErrors: true,
    });
    const errors = result.errors;
    if (errors.length === 0) return { program: result.program, language, errors };
    // The grammar that got further knows better what is wrong.
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

/** Parses, or throws a {@link CellSyntaxError}. `shift`: see {@link linesOf}. */
export function parse(source: string, languages: readonly Language[], shift = 0): Parsed {
  const { program, language, errors } = attempt(source, languages);
  const lines = linesOf(source, shift);
  const error = errors[0];
  if (error !== undefined) throw fromParser(error, source, lines);
  return { source, program, language, lines };
}
