// Writes the suffix behind the names of the notebook, once all else is written: one pass over the text and its map. As
// edits of magic-string they made the compiling of 3,000 lines full of names take 1.14 times as long as without a suffix.

import { lineStarts } from './lines.ts';
import type { Mappings } from './maps.ts';
import { SUFFIX } from './suffix.ts';
import type { Use } from './uses.ts';

/** A text and the map that leads from it. */
export interface Mapped {
  readonly code: string;
  readonly mappings: Mappings;
}

/**
 * `mappings` lead from `code` to `source`, with a segment at the start of each name. They are changed in place: a copy
 * would cost as much as all the rest. The uses are those in `source`.
 */
export function suffixNames({ code, mappings }: Mapped, source: string, uses: readonly Use[]): Mapped {
  if (uses.length === 0) return { code, mappings };
  const lengths = new Uint16Array(source.length + 1);
  for (const { start, end } of uses) lengths[start] = end - start;
  const starts = lineStarts(source);
  let text = '';
  let copied = 0;
  let lineStart = 0;
  for (const segments of mappings as readonly (readonly Mutable[])[]) {
    let shift = 0;
    for (const segment of segments) {
      const column = segment[0];
      segment[0] += shift;
      if (segment.length === 1) continue;
      const length = lengths[(starts[segment[2]] as number) + segment[3]] as number;
      if (length === 0) continue;
      const end = lineStart + column + length;
      text += code.slice(copied, end) + SUFFIX;
      copied = end;
      shift += SUFFIX.length;
    }
    lineStart = code.indexOf('\n', lineStart) + 1;
  }
  return { code: text + code.slice(copied), mappings };
}

/** A segment that may be changed. */
type Mutable = [number] | [number, number, number, number, number?];
