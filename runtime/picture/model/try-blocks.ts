// The try statements of a source: which catch and finally blocks an error passes through on its way out of a line.
// Only pictures of cancellations need them, so the parser is loaded on first use.

import type { Node } from 'oxc-parser';
import { parseText } from '../../parser.ts';

/** A range of lines, counted from 1, both ends included. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** One try statement. */
export interface TryBlock {
  /** The lines of the try block. */
  readonly tried: Lines;
  /** Functions that are written in the try block: an error in one of them need not pass through this statement. */
  readonly functions: readonly Lines[];
  /** The catch and finally blocks, in that order; each begins at its keyword. */
  readonly handlers: readonly Lines[];
}

const known = new Map<string, readonly TryBlock[]>();
const MOST_KNOWN = 50;

/** The try statements of a source, inner ones first; none if it cannot be parsed. */
export function tryBlocks(source: string): readonly TryBlock[] {
  let found = known.get(source);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    found = read(source);
    known.set(source, found);
  }
  return found;
}

function read(source: string): readonly TryBlock[] {
  if (!/\btry\b/.test(source)) return [];
  const [ts, tsx] = (['ts', 'tsx'] as const).map((lang) => () => parseText(`cell.${lang}`, source, { lang }));
  let parsed = ts?.();
  if (parsed === undefined || parsed.errors.length > 0) parsed = tsx?.();
  if (parsed === undefined) return [];
  const tries: Node[] = [];
  const functions: Node[] = [];
  const open: unknown[] = [parsed.program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { type } = node as { readonly type?: unknown };
    if (type === 'TryStatement') tries.push(node as Node);
    else if (typeof type === 'string' && /Function/.test(type)) functions.push(node as Node);
    for (const inner of Object.values(node)) open.push(inner);
  }
  const lineAt = linesOf(source);
  const found = tries.map((one) => blockOf(one, functions, source, lineAt));
  return found.sort((a, b) => a.tried.to - a.tried.from - (b.tried.to - b.tried.from));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function blockOf(node: Node, functions: readonly Span[], source: string, lineAt: (offset: number) => number): TryBlock {
  const { block, handler, finalizer } = node as unknown as {
    readonly block: Span;
    readonly handler: Span | null;
    readonly finalizer: Span | null;
  };
  const lines = ({ start, end }: Span): Lines => ({ from: lineAt(start), to: lineAt(end - 1) });
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

function linesOf(source: string): (offset: number) => number {
  const starts = [
    0,
    ...Array.from(source.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ 0: end, index }) => index + end.length),
  ];
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** True if an error at a line passes through the statement's handlers. */
export function tries(line: number | undefined, { tried, functions }: TryBlock): boolean {
  return within(line, tried) && !functions.some((body) => within(line, body));
}

/** True if a line lies in a block. */
export function within(line: number | undefined, { from, to }: Lines): boolean {
  return line !== undefined && line >= from && line <= to;
}
