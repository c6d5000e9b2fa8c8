// The error of source that does not compile, with its place in the person's text. How it is shown is in code-frame.ts.

import type { OxcError } from 'oxc-parser';
import { TOO_DEEP } from '../parser.ts';
import { foreign } from './foreign.ts';
import type { Lines } from './lines.ts';

/** Source that does not compile. `line` and `column` count from 1, in the person's TypeScript. */
export class CellSyntaxError extends Error {
  readonly ename = 'SyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = 'SyntaxError';
    this.line = line;
    this.column = column;
  }
}

/**
 * Runs a step of the compiler, all of which visit the tree recursively.
 *
 * @throws CellSyntaxError where the tree is too deep for them, though it was not for the parser
 */
export function explained<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (isOverflow(error)) throw new CellSyntaxError(TOO_DEEP, 1, 1);
    throw error;
  }
}

/** The parser's first error, with a remedy where one is known. */
export function fromParser(error: OxcError, source: string, lines: Lines): CellSyntaxError {
  const label = error.labels[0];
  const { line, column } = lines.place(label === undefined ? source.length : label.start);
  const others = foreignAt(source, line, column);
  return others ?? new CellSyntaxError(explain(error), line, column);
}

// Looks at the line of the error and the one before it: the parser finds an incomplete `name?` only on the next line.
function foreignAt(source: string, line: number, column: number): CellSyntaxError | undefined {
  const texts = source.split(/\r\n|[\n\u2028\u2029]/).slice(0, line);
  const first = texts.findIndex((text) => text.trim() !== '');
  for (const index of [line - 1, texts.slice(0, -1).findLastIndex((text) => text.trim() !== '')]) {
    const message = foreign(texts[index] ?? '', index === first, index === line - 1 ? column : 0);
    if (message) return new CellSyntaxError(message, index + 1, 1);
  }
  return undefined;
}

function explain({ message, helpMessage }: OxcError): string {
  if (message.startsWith('`await` is only allowed')) {
    return "'await' outside async function: make the enclosing function async, or pass an async function to coroutine()";
  }
  if (message.startsWith("A 'return' statement")) return "'return' outside function: a cell shows its last expression";
  if (message.startsWith("A 'yield' expression")) return "'yield' outside generator function: write function*";
  if (message.endsWith('but found `EOF`')) return message.replace('but found `EOF`', 'but the source ends here');
  if (message === 'Illegal break statement') return "'break' outside loop or switch";
  if (message === 'Unexpected token') return 'Unexpected token: something is missing or misplaced just before it';
  const remedy = helpMessage === null || helpMessage.startsWith('Try inserting a semicolon') ? '' : `. ${helpMessage}`;
  return `${remedy === '' ? message : message.replace(/\.$/, '')}${remedy}`;
}

/** Whether the stack was full: an engine has its own error for that. */
export function isOverflow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isRange = error instanceof RangeError && error.message.includes('call stack');
  return isRange || (error.name === 'InternalError' && error.message.includes('recursion'));
}
