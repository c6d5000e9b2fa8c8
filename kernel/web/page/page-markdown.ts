// Markdown that a cell displays. What turns it into HTML is fetched with the first of it, or by idle time before.

import { escapeHtml } from '../../../runtime/escape.ts';
import { once } from '../once.ts';

let toHtml: ((text: string) => string) | undefined;

/** Fetches it. */
export const fetchMarkdown = once(async () => {
  toHtml = (await import('../../run/page/markdown-html.ts')).markdownToHtml;
});

/** Turns Markdown into HTML: its text as it is until that can be done, and `again` is called then. */
export function markdownIn(again: () => void): (text: string) => string {
  return (text) => {
    if (toHtml) return toHtml(text);
    // Where it cannot be fetched, the text stays.
    fetchMarkdown().then(again, () => {});
    return `<pre>${escapeHtml(text)}</pre>`;
  };
}
