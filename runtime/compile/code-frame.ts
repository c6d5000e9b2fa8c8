// Code frames: the lines of source around a place, marked as compilers mark them; and syntax errors as Jupyter shows
// them. Only text: nothing here knows where the source came from.

import type { ErrorReport } from '../events.ts';
import { columns } from '../width.ts';

/** How a code frame is drawn. */
export interface FrameOptions {
  /** Characters to underline, from the column on. Default 1. */
  readonly length?: number;
  /** Lines shown before and after. Default 2. */
  readonly around?: number;
  /** ANSI colours. Default false. */
  readonly colour?: boolean;
}

/** An error's place in the source. `line` and `column` start at 1; `column` counts UTF-16 units, as JavaScript does. */
export interface SyntaxFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Characters to underline. */
  readonly length?: number;
}

const TAB = '  ';
const WIDEST = 120;
const BEFORE = 60;
// Only the marks are coloured: terminal greys are hard to read in JupyterLab's error areas, dark or light.
const paint = (on: boolean, code: number, text: string): string => (on ? `\x1b[${code}m${text}\x1b[39m` : text);

/**
 * The source lines around a place, with `>` before its line and carets under it.
 *
 * @param source the text, or its lines where several frames of it are drawn
 * @param line from 1; outside the source there is no frame (`[]`)
 * @param column from 1, in UTF-16 units; beyond the line's end the caret stands right after the line
 */
export function codeFrame(
  source: string | readonly string[],
  line: number,
  column: number,
  options: FrameOptions = {},
): string[] {
  const { length = 1, around = 2, colour = false } = options;
  const lines = typeof source === 'string' ? frameLines(source) : source;
  if (!(line >= 1 && line <= lines.length)) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const digits = String(last).length;
  const frame: string[] = [];
  for (let at = first; at <= last; at++) {
    const text = lines[at - 1] ?? '';
    const number = String(at).padStart(digits);
    if (at !== line) {
      frame.push(`  ${number} | ${cut(text, 0).text}`.trimEnd());
      continue;
    }
    const offset = Math.min(Math.max(0, column - 1), text.length);
    const shown = cut(text, offset);
    const before = columns(expand(text.slice(shown.from, offset))) + (shown.from > 0 ? 1 : 0);
    const marked = text.slice(offset, Math.min(offset + Math.max(1, length), shown.to));
    frame.push(`${paint(colour, 31, '>')} ${number} | ${shown.text}`.trimEnd());
    const carets = '^'.repeat(Math.max(1, columns(expand(marked))));
    frame.push(`  ${' '.repeat(digits)} | ${' '.repeat(before)}${paint(colour, 31, carets)}`);
  }
  return frame;
}

/** The lines of a text as frames count them. */
export function frameLines(source: string): readonly string[] {
  return source.split(/\r\n|[\n\r\u2028\u2029]/);
}

/** The report for a cell that does not parse, with a code frame and the place. Nothing of the cell ran. */
export function syntaxErrorReport(fault: SyntaxFault, source: string, name: string): ErrorReport {
  const message = fault.message.replace(/^SyntaxError:\s*/, '');
  return {
    ename: 'SyntaxError',
    evalue: `${message} (${name}:${fault.line}:${fault.column})`,
    traceback: [
      `${paint(true, 31, 'SyntaxError')}: ${message}`,
      ...codeFrame(source, fault.line, fault.column, { length: fault.length, colour: true }),
      `    at ${paint(true, 32, `${name}:${fault.line}:${fault.column}`)}`,
    ],
  };
}

function expand(text: string): string {
  return text.replaceAll('\t', TAB);
}

// A minified line may have megabytes: only the part around the place is shown, and no surrogate pair is split.
function cut(text: string, offset: number): { readonly text: string; readonly from: number; readonly to: number } {
  if (text.length <= WIDEST) return { text: expand(text), from: 0, to: text.length };
  const from = whole(text, offset > WIDEST - 20 ? offset - BEFORE : 0);
  const to = whole(text, Math.min(text.length, from + WIDEST));
  return { text: `${from > 0 ? '…' : ''}${expand(text.slice(from, to))}${to < text.length ? '…' : ''}`, from, to };
}

function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
