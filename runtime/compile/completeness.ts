// Whether a cell is complete, decided by the parser: a cell with an error at its end is incomplete, one with an error
// before its end is invalid.

import type { OxcError } from 'oxc-parser';
import { foreign } from './foreign.ts';
import { attempt, attemptCell, normalise, startsWithBrace } from './parse.ts';

/** The answer to Jupyter's is_complete_request. */
export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** For `incomplete`: the indentation of the next line. */
  readonly indent?: string;
}

/** Whether a cell is complete. */
export function isComplete(cell: string): Completeness {
  const source = normalise(cell);
  const { errors, shift } = attemptCell(source);
  if (errors.length === 0) return { status: 'complete' };
  // `name?` could be the start of a condition, but is more likely IPython's help, which gets an answer of its own.
  if (/^\S+\?$/.test(source.trim()) && foreign(source.trim(), true)) return { status: 'invalid' };
  const end = source.trimEnd().length;
  const cutOff =
    errors.some((error) => isCutOff(error, source, end, shift)) ||
    (startsWithBrace(source) &&
      attempt(`(${source}`, ['ts', 'tsx']).errors.some((error) => isCutOff(error, source, end, 1)));
  return cutOff ? { status: 'incomplete', indent: indentAfter(source) } : { status: 'invalid' };
}

/** Whether more text could mend an error. The parser's text has `shift` characters before `source`, which ends at `end`. */
function isCutOff({ message, labels: [label] }: OxcError, source: string, end: number, shift: number): boolean {
  const start = (label?.start ?? end + shift) - shift;
  if (message.startsWith('Unterminated')) return goesOn(source.slice(start));
  // The label is the operator, and what is missing comes after it.
  if (message.endsWith("expected after '?.'")) return start + 2 >= end;
  return start >= end;
}

/** Whether what begins a text may go on in the next line: a template, a comment, a string that ends in a backslash. */
function goesOn(text: string): boolean {
  if (/^["']/.test(text)) return /\\\n?$/.test(text);
  return !/^\/(?!\*)/.test(text);
}

/** The last line's indentation, with two more blanks where the line opens a bracket. */
function indentAfter(source: string): string {
  const line = source.slice(source.trimEnd().lastIndexOf('\n') + 1).trimEnd();
  const indent = line.slice(0, line.length - line.trimStart().length);
  return '{[('.includes(line.at(-1) ?? ' ') ? `${indent}  ` : indent;
}
