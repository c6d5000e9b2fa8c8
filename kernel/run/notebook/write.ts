// Writes a notebook as the text of an .ipynb file, byte for byte as nbformat (and so every Jupyter) does: one space of
// indent, sorted keys, texts as lists of lines, a newline at the end.

import { type Cell, type Fields, isCode, type Notebook } from './notebook.ts';
import { attachments } from './read.ts';

/** The text of a notebook's file. */
export function writeNotebook(notebook: Notebook): string {
  const split = { ...notebook, cells: notebook.cells.map(splitLines) };
  return `${dump(split, '')}\n`;
}

function splitLines(cell: Cell): Fields {
  const copy: Fields = { ...cell, source: lines(cell.source) };
  if (attachments(cell).length > 0) {
    const files = Object.entries(cell.attachments as Record<string, Fields>);
    copy.attachments = Object.fromEntries(files.map(([name, bundle]) => [name, splitBundle(bundle)]));
  }
  if (isCode(cell)) {
    copy.outputs = cell.outputs.map((output) => {
      if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
      return output.output_type === 'error' ? output : { ...output, data: splitBundle(output.data) };
    });
  }
  return copy;
}

function splitBundle(bundle: Fields): Fields {
  const entries = Object.entries(bundle).map(([mime, value]) => [
    mime,
    typeof value === 'string' && isSplit(mime) ? lines(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function isSplit(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';
}

// Python's `splitlines` knows more line ends than JavaScript.
// biome-ignore lint/suspicious/noControlCharactersInRegex: among them are control characters
const ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** Splits as Python's `splitlines(keepends=True)`. */
function lines(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const end of text.matchAll(ENDS)) {
    found.push(text.slice(from, end.index + end[0].length));
    from = end.index + end[0].length;
  }
  return from < text.length ? [...found, text.slice(from)] : found;
}

/**
 * Writes as Python's `json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)`. JSON.stringify cannot do that,
 * because objects put keys that are whole numbers first.
 */
function dump(value: unknown, margin: string): string {
  if (typeof value !== 'object' || value === null || isRawJSON(value)) return JSON.stringify(value) ?? 'null';
  const inner = `${margin} `;
  const parts = Array.isArray(value)
    ? value.map((item) => dump(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(byCodePoints)
        .map(([key, item]) => `${JSON.stringify(key)}: ${dump(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

/** Python sorts by code points, and UTF-8 has the same order; JavaScript's own order is that of UTF-16 units. */
function byCodePoints([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** https://tc39.es/proposal-json-parse-with-source: in Node since 21, but not in TypeScript's library yet. */
const { isRawJSON } = JSON as unknown as { readonly isRawJSON: (value: unknown) => boolean };
