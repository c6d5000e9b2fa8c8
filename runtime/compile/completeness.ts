// Whether a cell is complete, decided by the parser: a cell with an error at its end is incomplete, one with an error
// before its end is invalid.

import type { OxcError, Program } from 'oxc-parser';
import { foreign } from './foreign.ts';
import { normalise } from './normalise.ts';
import { attempt, attemptCell, startsWithBrace } from './parse.ts';

/** The answer to Jupyter's is_complete_request. */
export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** For `incomplete`: the indentation of the next line. */
  readonly indent?: string;
}

/** Whether a cell is complete. */
export function isComplete(cell: string): Completeness {
  const source = normalise(cell);
  const { errors, shift, program } = attemptCell(source);
  if (errors.length === 0 && !lacksBody(program, source)) return { status: 'complete' };
  // `name?` could be the start of a condition, but is more likely IPython's help, which gets an answer of its own.
  if (/^\S+\?$/.test(source.trim()) && foreign(source.trim(), true)) return { status: 'invalid' };
  const end = source.trimEnd().length;
  const cutOff =
    errors.length === 0 ||
    errors.some((error) => isCutOff(error, source, end, shift)) ||
    (startsWithBrace(source) &&
      attempt(`(${source}`, ['ts', 'tsx']).errors.some((error) => isCutOff(error, source, end, 1)));
  return cutOff ? { status: 'incomplete', indent: indentAfter(source) } : { status: 'invalid' };
}

/** Whether a cell ends in the head of a function, which TypeScript takes for one of its signatures. */
function lacksBody({ body }: Program, source: string): boolean {
  const last = body.at(-1);
  return last?.type === 'TSDeclareFunction' && !last.declare && !source.trimEnd().endsWith(';');
}

/** Errors whose label is what the text must go on after. */
const GOES_ON = /expected after '\?\.'$|^The keyword 'let'|^The only valid (?:meta property|property accesses)/;

/** Whether more text could mend an error. The parser's text has `shift` characters before `source`, which ends at `end`. */
function isCutOff({ message, labels: [label] }: OxcError, source: string, end: number, shift: number): boolean {
  const start = (label?.start ?? end + shift) - shift;
  if (message.startsWith('Unterminated')) return goesOn(source.slice(start));
  if (GOES_ON.test(message)) return (label?.end ?? 0) - shift >= end;
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
