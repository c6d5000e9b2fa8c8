// Markdown as the HTML of pages. In a live page it is fetched only when a cell displays some.

import { Marked } from 'marked';
import { escapeHtml } from '../../../runtime/escape.ts';

/** `$formula$` and `$$formula$$`: a backslash there is TeX's, a dollar sign before a space or behind one is a dollar. */
const FORMULA = /^(?:\$\$[\s\S]+?\$\$|\$(?![\s$])(?:\\.|[^\\$\n])*?(?<!\s)\$(?!\d))/;

const marked = new Marked({
  gfm: true,
  extensions: [
    {
      name: 'formula',
      level: 'inline',
      start: (text) => text.indexOf('$'),
      tokenizer(text) {
        const [raw] = FORMULA.exec(text) ?? [];
        return raw === undefined ? undefined : { type: 'formula', raw };
      },
      renderer: ({ raw }) => escapeHtml(raw),
    },
  ],
});

/** Markdown as HTML. A formula is left as it is, and so is a text that nests more deeply than calls can. */
export function markdownToHtml(text: string): string {
  try {
    return marked.parse(text, { async: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `<pre>${escapeHtml(text)}</pre>`;
  }
}
