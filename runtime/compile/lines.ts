// Converts offsets to lines and columns, in UTF-16 units. Only '\n' ends a line, as in editors and source maps.

/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the line and column of an offset. */
export interface Lines {
  line(offset: number): number;
  place(offset: number): Place;
}

/** Indexes a text. `shift` is how many characters of its first line come before the person's own. */
export function linesOf(text: string, shift = 0): Lines {
  let starts: number[] | undefined;
  const find = (offset: number): number => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    line: (offset) => find(offset) + 1,
    place(offset) {
      const index = find(offset);
      const column = offset - (starts?.[index] ?? 0) - (index === 0 ? shift : 0);
      return { line: index + 1, column: Math.max(column, 0) + 1 };
    },
  };
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
