// Converts between three kinds of places: Jupyter counts code points; JavaScript and the server count UTF-16 units, the
// server by line.

/** As in the language server protocol: zero-based, `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The UTF-16 offset of a cursor that counts code points; undefined where it lies outside `text`. */
export function offsetOfCursor(text: string, cursor: number): number | undefined {
  if (!Number.isInteger(cursor) || cursor < 0 || cursor > text.length) return undefined;
  let offset = 0;
  for (let points = 0; points < cursor; points++) {
    if (offset >= text.length) return undefined;
    offset += isPair(text, offset) ? 2 : 1;
  }
  return offset;
}

/** How many code points lie before a UTF-16 offset. */
export function cursorOfOffset(text: string, offset: number): number {
  let points = 0;
  for (let at = 0; at < offset; points++) at += isPair(text, at) ? 2 : 1;
  return points;
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

/** Offsets at which lines start, as the server sees lines: LF, CR LF and CR end one. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** The line and character of a UTF-16 offset, in a text whose lines start at `starts`. */
export function positionOfOffset(starts: readonly number[], offset: number): Position {
  const line = Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
  return { line, character: offset - (starts[line] as number) };
}

/** The UTF-16 offset of a position; a position beyond the text is its end. */
export function offsetOfPosition(text: string, position: Position, starts = lineStarts(text)): number {
  const start = starts[position.line];
  return start === undefined ? text.length : Math.min(start + position.character, text.length);
}
