// Whether a cell is whole, by the parser: what fails at its end is incomplete, what fails before it is invalid.

import type { OxcError } from 'oxc-parser';
import { foreign } from './foreign.ts';
import { attempt, attemptCell, normalise, startsWithBrace } from './parse.ts';

/** The answer to Jupyter's is_complete_request. */
export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** For `incomplete`: what the next line begins with. */
  readonly indent?: string;
}

/** Asks the parser. */
export function isComplete(given: string): Completeness {
  const source = normalise(given);
  const { errors, shift } = attemptCell(source);
  if (errors.length === 0) return { status: 'complete' };
  // `name?` could go on as a condition, but is a question of IPython's, and shall be answered.
  if (/^\S+\?$/.test(source.trim()) && foreign(source.trim(), true)) return { status: 'invalid' };
  const end = source.trimEnd().length;
  const cutOff =
    errors.some((error) => isCutOff(error, end + shift)) ||
    (startsWithBrace(source) && attempt(`(${source}`, ['ts', 'tsx']).errors.some((error) => isCutOff(error, end + 1)));
  return cutOff ? { status: 'incomplete', indent: indentAfter(source) } : { status: 'invalid' };
}

function isCutOff({ message, labels }: OxcError, end: number): boolean {
  if (message.startsWith('Unterminated')) return true;
  return (labels[0]?.start ?? end) >= end;
}

/** The last line's indentation, and two blanks more where it opens a bracket. */
function indentAfter(source: string): string {
  const line = source.slice(source.trimEnd().lastIndexOf('\n') + 1).trimEnd();
  const indent = line.slice(0, line.length - line.trimStart().length);
  return '{[('.includes(line.at(-1) ?? ' ') ? `${indent}  ` : indent;
}
