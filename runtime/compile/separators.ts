// U+2028 and U+2029: V8 counts them as line ends; source maps and editors do not. They stay in the text, where
// String.raw would tell the difference, and the map has the lines that V8 counts.

import type { Mappings, Segment } from './maps.ts';

/** The map of a text with its lines as V8 counts them. */
export function countedByV8(code: string, mappings: Mappings): Mappings {
  if (!/[\u2028\u2029]/.test(code)) return mappings;
  return code.split('\n').flatMap((line, index) => {
    const segments = mappings[index] ?? [];
    let start = 0;
    return line.split(/[\u2028\u2029]/).map((part) => {
      const end = start + part.length;
      const inside = segments.filter(([column]) => column >= start && column <= end);
      const moved = inside.map(([column, ...rest]) => [column - start, ...rest] as unknown as Segment);
      start = end + 1;
      return moved;
    });
  });
}
