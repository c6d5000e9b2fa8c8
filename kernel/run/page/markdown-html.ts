// Markdown as the HTML of pages. In a live page it is fetched only when a cell displays some.

import { Marked } from 'marked';

const marked = new Marked({ gfm: true });

/** Markdown as HTML. A `$formula$` is left as it is. */
export function markdownToHtml(text: string): string {
  return marked.parse(text, { async: false });
}
