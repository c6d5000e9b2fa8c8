// TypeScript as HTML with colours, by the parser's tree: what is no name, text, number or comment in it is a keyword.

import { escapeHtml } from '../../../runtime/escape.ts';
import { parseText } from '../../../runtime/parser.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  /** Empty for names. */
  readonly kind: 'string' | 'number' | 'keyword' | 'comment' | '';
}

/** The code as HTML; without colours where it does not parse. */
export function codeToHtml(source: string): string {
  const spans = spansOf(source);
  if (spans === undefined) return escapeHtml(source);
  let html = '';
  let from = 0;
  for (const { start, end, kind } of spans) {
    if (start < from) continue;
    const text = escapeHtml(source.slice(start, end));
    html += keywords(source.slice(from, start)) + (kind === '' ? text : `<span class="${kind}">${text}</span>`);
    from = end;
  }
  return html + keywords(source.slice(from));
}

/** What lies between the spans: keywords, and signs. */
function keywords(gap: string): string {
  const pieces = gap.split(/([a-z]+)/i);
  return pieces
    .map((piece, index) => (index % 2 === 1 ? `<span class="keyword">${piece}</span>` : escapeHtml(piece)))
    .join('');
}

function spansOf(source: string): readonly Span[] | undefined {
  for (const language of ['ts', 'tsx'] as const) {
    const { program, comments, errors } = parseText(`cell.${language}`, source, {
      lang: language,
      sourceType: 'module',
    });
    // Colours are there for code with a mistake of meaning too, as an await in the wrong place; not without a tree.
    if (errors.length > 0 && program.body.length === 0) continue;
    const spans: Span[] = comments.map(({ start, end }) => ({ start, end, kind: 'comment' }));
    try {
      collect(program, spans);
    } catch (error) {
      if (error instanceof RangeError) return undefined; // Too deep for the walk.
      throw error;
    }
    return spans.sort((one, other) => one.start - other.start);
  }
  return undefined;
}

function collect(node: unknown, spans: Span[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, spans);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, start, end, name, value } = node as {
    type?: string;
    start: number;
    end: number;
    name?: unknown;
    value?: unknown;
  };
  if (type === 'Literal') spans.push({ start, end, kind: literalKind(value) });
  else if (type === 'TemplateElement' || type === 'JSXText') spans.push({ start, end, kind: 'string' });
  // A name's own length: its node reaches to the end of its type.
  else if (typeof name === 'string' && type?.endsWith('Identifier'))
    spans.push({ start, end: start + name.length, kind: '' });
  for (const inner of Object.values(node)) if (typeof inner === 'object') collect(inner, spans);
}

function literalKind(value: unknown): Span['kind'] {
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' || value === null ? 'keyword' : 'string';
}
