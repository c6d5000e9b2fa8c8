// Rows as a table: HTML that suits light and dark themes, and text for front ends without HTML.

import { escapeHtml } from '../../escape.ts';
import type { MimeBundle } from '../../events.ts';
import { padEnd, padStart, columns as widthOf } from '../../width.ts';
import { briefText } from './bundle.ts';
import { plainText } from './plain.ts';

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
}

interface Cells {
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
  readonly numeric: readonly boolean[];
  readonly rest: string | undefined;
}

/**
 * The MIME bundle of a table.
 *
 * @param rows an iterable of objects, of arrays (then `columns` names the places) or of plain values.
 * @throws {TypeError} if `rows` is not iterable.
 */
export function tableBundle(rows: Iterable<unknown>, options: PartOptions = {}): MimeBundle {
  const cells = layOut(rows, options);
  return { 'text/html': tableHtml(cells, options.caption), 'text/plain': tableText(cells, options.caption) };
}

function layOut(rows: Iterable<unknown>, { columns, limit = 200, rows: count, more }: PartOptions): Cells {
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
    body: values.map((row) => row.map(cellText)),
    numeric: found.map((_, place) => values.length > 0 && values.every((row) => isNumber(row[place]))),
    rest: restOf(count ?? all.length, shown.length, more),
  };
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

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const text = plainText(value, { breakLength: Number.POSITIVE_INFINITY });
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

// Uses the page's own colours (currentColor, inherit), so that it can be read in light and dark themes.
const CELL =
  'max-width:40em;overflow-wrap:anywhere;padding:.25em .7em;border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)';

function tableHtml({ head, body, numeric, rest }: Cells, caption: string | undefined): string {
  const cell = (tag: 'th' | 'td') => (text: string, place: number) =>
    `<${tag} style="${CELL}${tag === 'th' ? ';white-space:nowrap' : ''};text-align:${numeric[place] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  const row = (tag: 'th' | 'td', texts: readonly string[]) => `<tr>${texts.map(cell(tag)).join('')}</tr>`;
  const title =
    caption === undefined ? '' : `<caption style="text-align:left;padding:.25em 0">${escapeHtml(caption)}</caption>`;
  const foot = rest === undefined ? '' : `<div style="opacity:.7;padding:.25em 0">${rest}</div>`;
  return (
    `<table style="border-collapse:collapse;margin:0 0 .5em;color:inherit;font-variant-numeric:tabular-nums">${title}` +
    `<thead>${row('th', head)}</thead><tbody>${body.map((texts) => row('td', texts)).join('')}</tbody></table>${foot}`
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
  return [caption, ...top, ...others.map(line), rest].filter((each) => each !== undefined).join('\n');
}
