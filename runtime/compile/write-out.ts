// The text that the edits of a source make, and the map that leads back, in one pass over the pieces of the text; the
// names of the notebook get their suffix on the way. As edits the suffixes made the compiling of 3,000 lines full of names
// take 1.14 times as long as without.

import { type Edits, NONE } from './edits.ts';
import { lineStarts } from './lines.ts';
import type { Mappings, Segment } from './maps.ts';
import { SUFFIX } from './suffix.ts';
import type { Use } from './uses.ts';

/** A text and the map that leads from it. */
export interface Mapped {
  readonly code: string;
  readonly mappings: Mappings;
}

/**
 * Writes the edits of `source` out, with the suffix behind the uses of names. The map has a segment where a piece of the
 * source or one of its lines begins, and no more: thousands of segments were a third of the time of a long cell, and only
 * errors and the debugger read a map. `refine` in maps.ts finds the words between.
 */
export function writeOut(edits: Edits, source: string, uses: readonly Use[] = []): Mapped {
  const pieces = edits.pieces();
  const starts = lineStarts(source);
  const ends = Uint32Array.from(uses, ({ end }) => end).sort();
  let segments: Segment[] = [];
  const mappings: Segment[][] = [segments];
  let code = '';
  let column = 0;
  /** Where the walk is: an offset in the source, its line, and the first of `ends` behind it. */
  let at = 0;
  let line = 0;
  let next = 0;

  const newLine = (): void => {
    segments = [];
    mappings.push(segments);
    column = 0;
  };
  const insert = (text: string): void => {
    if (text === '') return;
    code += text;
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      newLine();
      from = end + 1;
    }
    column += text.length - from;
  };
  const map = (): void => void segments.push([column, 0, line, at - (starts[line] as number)]);
  const go = (offset: number): void => {
    if (offset === at) return;
    at = offset;
    line = countUpTo(starts, at) - 1;
    next = countUpTo(ends, at);
  };
  const keep = (end: number): void => {
    let copied = at;
    while (at < end) {
      const lineEnd = line + 1 < starts.length ? (starts[line + 1] as number) - 1 : end;
      const named = next < ends.length ? (ends[next] as number) : end + 1;
      const stop = Math.min(lineEnd, named, end);
      if (stop > at) map();
      column += stop - at;
      at = stop;
      if (at === named) {
        code += source.slice(copied, at) + SUFFIX;
        copied = at;
        column += SUFFIX.length;
        next += 1;
      }
      if (at === lineEnd && at < end) {
        at += 1;
        line += 1;
        newLine();
      }
    }
    code += source.slice(copied, end);
  };
  const replace = (text: string): void => {
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from) + 1 || text.length;
      map();
      insert(text.slice(from, end));
      from = end;
    }
  };

  insert(pieces.intro);
  for (let piece = pieces.first; piece !== NONE; piece = pieces.next[piece] as number) {
    const content = pieces.contents[piece];
    insert(pieces.intros[piece] as string);
    if (content === undefined) {
      go(pieces.starts[piece] as number);
      keep(pieces.starts[piece + 1] as number);
    } else if (content !== '') {
      go(pieces.starts[piece] as number);
      replace(content);
    }
    insert(pieces.outros[piece] as string);
  }
  insert(pieces.outro);
  return { code, mappings };
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
