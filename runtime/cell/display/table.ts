// Rows as a table: HTML that suits light and dark themes, and text for front ends without HTML.

import { escapeHtml } from '../../escape.ts';
import type { MimeBundle } from '../../events.ts';
import { padEnd, padStart, columns as widthOf } from '../../width.ts';
import { briefText } from './bundle.ts';
import { cut, LIMITS } from './limits.ts';
import { plainText } from './plain.ts';
import { isObject } from './reflect.ts';
import { isErrorLike } from './tame.ts';

/** How a table is shown. */
export interface TableOptions {
  /** Which columns, in which order. Default: all, in order of appearance. */
  readonly columns?: readonly string[];
  /** At most this many rows (default 200); a line below says how many were left out. */
  readonly limit?: number;
  /** A line above the table. */
  readonly caption?: string;
}

/** What only the kernel's own tables say. */
interface PartOptions extends TableOptions {
  /** How many rows there are, if not all were given. */
  readonly rows?: number;
  /** What else was left out: `3 more columns`. */
  readonly more?: string;
  /** At most so many characters in the cells, where nobody asked for a table: there are fewer rows then. */
  readonly most?: number;
}

interface Cells {
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
  readonly numeric: readonly boolean[];
  /** What is left out if that many of the rows are shown. */
  readonly rest: (shown: number) => string | undefined;
}

/**
 * The MIME bundle of a table.
 *
 * @param rows an iterable of objects, of arrays (then `columns` names the places) or of plain values.
 * @throws {TypeError} if `rows` is not iterable.
 */
export function tableBundle(rows: Iterable<unknown>, options: PartOptions = {}): MimeBundle {
  const all = layOut(rows, options);
  const cells = { ...all, body: all.body.slice(0, fitting(all, options.most)) };
  return { 'text/html': tableHtml(cells, options.caption), 'text/plain': tableText(cells, options.caption) };
}

function layOut(rows: Iterable<unknown>, { columns, limit = 200, rows: count, more, most }: PartOptions): Cells {
  if (typeof rows !== 'object' || rows === null || typeof rows[Symbol.iterator] !== 'function') {
    throw new TypeError(
      `table: rows were expected, such as [{ name: 'Ada', age: 36 }], got ${briefText(rows)}. Wrap a single row in an array: table([row]).`,
    );
  }
  const all = rows instanceof Map ? [...rows] : Array.isArray(rows) ? rows : [...rows];
  const shown = all.slice(0, limit).map(toRecord);
  const found = columns ?? [...new Set(shown.flatMap((row) => [...row.keys()]))];
  // Rows that are arrays match the given column names by position.
  const places = columns && shown.every((row, index) => Array.isArray(all[index]) || row.size === 0);
  const values = shown.map((row) => found.map((name, place) => row.get(places ? String(place) : name)));
  return {
    head: found,
    body: values.map((row) => row.map((value) => cellText(value, most === undefined ? LIMITS.string : FEW))),
    numeric: found.map((_, place) => values.length > 0 && values.every((row) => isNumber(row[place]))),
    rest: (shown) => restOf(count ?? all.length, shown, more),
  };
}

/** How many rows have room. */
function fitting({ body }: Cells, most = Number.POSITIVE_INFINITY): number {
  let left = most;
  const over = body.findIndex((texts, at) => {
    for (const text of texts) left -= text.length;
    return left < 0 && at > 0;
  });
  return over < 0 ? body.length : over;
}

function restOf(count: number, shown: number, more: string | undefined): string | undefined {
  if (count === 0) return 'no rows';
  const left = count - shown;
  const parts = [left > 0 ? `${left} more row${left === 1 ? '' : 's'}` : undefined, more];
  const said = parts.filter((part) => part !== undefined).join(', ');
  return said === '' ? undefined : `… ${said}`;
}

function toRecord(row: unknown): Map<string, unknown> {
  if (Array.isArray(row)) return new Map(row.map((value, index) => [String(index), value]));
  if (typeof row === 'object' && row !== null) return new Map(Object.entries(row));
  return new Map([['value', row]]);
}

function isNumber(value: unknown): boolean {
  return value === undefined || typeof value === 'number' || typeof value === 'bigint';
}

/** Characters of a value in a cell, and of a text in a table that nobody asked for. */
const FEW = 200;

function cellText(value: unknown, most: number): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cut(value, most);
  // Each value takes three characters at least: `1, `.
  const text = plainText(value, { breakLength: Number.POSITIVE_INFINITY }, FEW / 3);
  // The frames of an error would be a wall.
  const said = isObject(value) && isErrorLike(value) ? (text.split('\n', 1)[0] as string) : text;
  return said.length > FEW ? `${said.slice(0, FEW - 1)}…` : said;
}

// Uses the page's own colours (currentColor, inherit), so that it can be read in light and dark themes.
const CELL = 'padding:.25em .7em;border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)';
/** A text that is no longer stays in one line, so that no word of it is broken. */
const SHORT = 30;

function cellHtml(tag: 'th' | 'td', text: string, isNumeric: boolean | undefined): string {
  const wrap =
    tag === 'th' || (text.length <= SHORT && !text.includes('\n'))
      ? 'white-space:nowrap'
      : 'min-width:15em;max-width:40em;overflow-wrap:anywhere';
  return `<${tag} style="${CELL};${wrap};text-align:${isNumeric ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
}

function rowHtml(tag: 'th' | 'td', texts: readonly string[], numeric: readonly boolean[]): string {
  return `<tr>${texts.map((text, place) => cellHtml(tag, text, numeric[place])).join('')}</tr>`;
}

function tableHtml({ head, body, numeric, rest }: Cells, caption: string | undefined): string {
  const title =
    caption === undefined ? '' : `<caption style="text-align:left;padding:.25em 0">${escapeHtml(caption)}</caption>`;
  const left = rest(body.length);
  const foot = left === undefined ? '' : `<div style="opacity:.7;padding:.25em 0">${left}</div>`;
  return (
    `<table style="border-collapse:collapse;margin:0 0 .5em;color:inherit;font-variant-numeric:tabular-nums">${title}` +
    `<thead>${rowHtml('th', head, numeric)}</thead><tbody>${body.map((texts) => rowHtml('td', texts, numeric)).join('')}</tbody></table>${foot}`
  );
}

function tableText({ head, body, numeric, rest }: Cells, caption: string | undefined): string {
  const lines = [head, ...body].map((texts) => texts.map((text) => text.replaceAll('\n', ' ')));
  const widths = head.map((_, place) => Math.max(...lines.map((texts) => widthOf(texts[place] ?? ''))));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, place) => (numeric[place] ? padStart : padEnd)(text, widths[place] ?? 0))
      .join('  ')
      .trimEnd();
  const [first = [], ...others] = lines;
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const top = head.length === 0 ? [] : [line(first), rule];
  return [caption, ...top, ...others.map(line), rest(body.length)].filter((each) => each !== undefined).join('\n');
}
