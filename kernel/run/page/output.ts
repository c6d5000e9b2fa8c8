// Turns outputs into HTML: of each bundle the richest type that a page can show by itself, chosen as nbconvert does.

import { withoutControls } from '#host/terminal-text';
import { escapeHtml } from '../../../runtime/escape.ts';
import type { Fields, Output } from '../notebook/notebook.ts';
import { VIEW } from '../widget-states.ts';
import { ansiToHtml } from './ansi.ts';
import { type ShowingWidgets, viewToHtml } from './controls.ts';

/** What outputs are shown with. */
export interface Showing extends ShowingWidgets {
  /** Markdown as HTML. */
  readonly markdown: (text: string) => string;
}

/** One output as HTML. */
export function outputToHtml(output: Output, showing: Showing): string {
  switch (output.output_type) {
    case 'stream':
      return `<pre class="output ${output.name === 'stderr' ? 'stderr' : 'stdout'}">${ansiToHtml(output.text)}</pre>`;
    case 'error':
      return `<pre class="output error">${ansiToHtml(tracebackOf(output.traceback, `${output.ename}: ${output.evalue}`))}</pre>`;
    default:
      return `<div class="output">${viewToHtml(output.data[VIEW], showing) ?? bundleToHtml(output.data, output.metadata, showing)}</div>`;
  }
}

function tracebackOf(lines: readonly string[], headline: string): string {
  const text = lines.join('\n');
  return withoutControls(text).trim() === '' ? headline : text;
}

type Show = (value: string, metadata: Fields, showing: Showing) => string;

const image =
  (type: string): Show =>
  (value, { width, height, alt }) => {
    const size = [
      ['width', width],
      ['height', height],
    ].map(([name, pixels]) => (typeof pixels === 'number' ? ` ${name}="${pixels}"` : ''));
    return `<img src="data:${type};base64,${escapeHtml(value.replace(/\s/g, ''))}"${size.join('')} alt="${typeof alt === 'string' ? escapeHtml(alt) : ''}">`;
  };

/** The types that a page can show, the best first. */
const types: readonly (readonly [string, Show])[] = [
  ['text/html', (value, _, showing) => showing.markup(value)],
  ['image/svg+xml', (value, _, showing) => showing.markup(value.replace(/^\s*<\?xml[^>]*\?>\s*/, ''))],
  ['text/markdown', (value, _, showing) => showing.markup(showing.markdown(value))],
  ['image/png', image('image/png')],
  ['image/jpeg', image('image/jpeg')],
  ['image/gif', image('image/gif')],
  ['image/webp', image('image/webp')],
  ['text/latex', (value) => `<pre>${escapeHtml(value)}</pre>`],
  ['text/plain', (value) => `<pre>${ansiToHtml(value)}</pre>`],
];

function bundleToHtml(data: Fields, metadata: Fields, showing: Showing): string {
  for (const [type, show] of types) {
    const value = data[type];
    const own = metadata[type];
    if (typeof value !== 'string') continue;
    return show(value, typeof own === 'object' && own !== null ? (own as Fields) : metadata, showing);
  }
  const [type, value] = Object.entries(data)[0] ?? [];
  return type === undefined
    ? ''
    : `<pre>${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`;
}
