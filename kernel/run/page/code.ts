// Turns TypeScript into HTML with colours, using the parser's tree: a word that is not a name, string, number or
// comment is a keyword.

import { escapeHtml } from '../../../runtime/escape.ts';
import { parseText } from '../../../runtime/parser.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  /** Empty for names. */
  readonly kind: 'string' | 'number' | 'keyword' | 'comment' | '';
}

/** The code as HTML; without colours if it does not parse. */
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

/** The text between spans: keywords and punctuation. */
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
    // Code with semantic errors, such as a misplaced await, still has a tree and gets colours.
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
  // Only the name's own length, because its node extends to the end of its type.
  else if (typeof name === 'string' && type?.endsWith('Identifier'))
    spans.push({ start, end: start + name.length, kind: '' });
  for (const inner of Object.values(node)) if (typeof inner === 'object') collect(inner, spans);
}

function literalKind(value: unknown): Span['kind'] {
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' || value === null ? 'keyword' : 'string';
}
