// The try statements of a source: which catch and finally blocks an error passes through on its way out of a line.

import type { Node } from 'oxc-parser';
import { codeBlocks, type Lines, type Piece } from './code-blocks.ts';

/** One try statement. */
export interface TryBlock {
  /** The lines of the try block. */
  readonly tried: Lines;
  /** Functions that are written in the try block: an error in one of them need not pass through this statement. */
  readonly functions: readonly Lines[];
  /** The catch and finally blocks, in that order; each begins at its keyword. */
  readonly handlers: readonly Lines[];
}

/** The try statements of a source, inner ones first; none if it cannot be parsed. */
export function tryBlocks(source: string): readonly TryBlock[] {
  if (!/\btry\b/.test(source)) return [];
  const { tries, functions, lineAt } = codeBlocks(source);
  const found = tries.map((one) => blockOf(one, functions, source, lineAt));
  return found.sort((a, b) => a.tried.to - a.tried.from - (b.tried.to - b.tried.from));
}

function blockOf(
  node: Node,
  functions: readonly Piece[],
  source: string,
  lineAt: (offset: number) => number,
): TryBlock {
  const { block, handler, finalizer } = node as unknown as {
    readonly block: Piece;
    readonly handler: Piece | null;
    readonly finalizer: Piece | null;
  };
  const lines = ({ start, end }: Piece): Lines => ({ from: lineAt(start), to: lineAt(end - 1) });
  const handlers = handler === null ? [] : [lines(handler)];
  // The parser lets a catch clause begin at its keyword, but a finally block at its brace.
  if (finalizer !== null) {
    const keyword = source.lastIndexOf('finally', finalizer.start);
    handlers.push(lines({ start: keyword, end: finalizer.end }));
  }
  // An await on a function's first line belongs to the call that takes the function as an argument.
  const inner = functions.filter(({ start, end }) => start > block.start && end < block.end);
  const bodies = inner.map(lines).map(({ from, to }) => ({ from: from + 1, to }));
  return { tried: lines(block), functions: bodies, handlers };
}

/** True if an error at a line passes through the statement's handlers. */
export function tries(line: number | undefined, { tried, functions }: TryBlock): boolean {
  return within(line, tried) && !functions.some((body) => within(line, body));
}

/** True if a line lies in a block. */
export function within(line: number | undefined, { from, to }: Lines): boolean {
  return line !== undefined && line >= from && line <= to;
}
