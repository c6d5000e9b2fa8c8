// A code frame: the line of a mistake with carets under it, lined up where characters are wide too.

/** The line that holds `start`, its number, and carets up to `end` or the line's end. Without colours. */
export function codeFrame(code: string, start: number, end: number): string {
  const lineStart = Math.max(code.lastIndexOf('\n', start - 1), code.lastIndexOf('\r', start - 1)) + 1;
  const number = String(code.slice(0, lineStart).split(/\r\n|\r|\n/).length);
  const line = /^[^\r\n]*/.exec(code.slice(lineStart))?.[0] ?? '';
  const before = line.slice(0, start - lineStart);
  const marked = line.slice(start - lineStart, Math.max(end, start) - lineStart);
  const gutter = ' '.repeat(number.length);
  // A tab before the caret stays a tab, so that both lines indent alike.
  const indent = [...before].map((one) => (one === '\t' ? one : ' '.repeat(width(one)))).join('');
  const carets = '^'.repeat(
    Math.max(
      [...marked].reduce((sum, one) => sum + width(one), 0),
      1,
    ),
  );
  return `${number} | ${line}\n${gutter} | ${indent}${carets}`;
}

/** Columns that a character takes in a fixed-width font. */
function width(character: string): number {
  if (/\p{Mark}|\u200d|\ufe0f/u.test(character)) return 0;
  return /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 2
    : 1;
}
