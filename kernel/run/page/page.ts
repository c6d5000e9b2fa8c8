// Turns a notebook into one self-contained HTML page, without Python. Unlike nbconvert's page it does not typeset
// formulas, shows widgets inert and Vega charts as text. It sanitises HTML only where it is live.

import { escapeHtml } from '../../../runtime/escape.ts';
import { cellOptions, withoutOptions } from '../notebook/cell-options.ts';
import { type Cell, isCode, isFields, type Notebook, tagsOf } from '../notebook/notebook.ts';
import { storedStates } from '../widget-states.ts';
import { cleaned, closed, textIn } from './clean-markup.ts';
import { codeToHtml } from './code.ts';
import type { States } from './controls.ts';
import { type LivePage, liveStyle, POLICY, scripts } from './live.ts';
import { markdownToHtml } from './markdown-html.ts';
import { outputToHtml } from './output.ts';
import { style } from './style.ts';

/** The text of the page; `name` is its title if the notebook has no heading. A live page runs its cells where scripts run. */
export function pageOf(notebook: Notebook, name: string, live?: LivePage): string {
  const states = storedStates(notebook);
  const cells = notebook.cells
    .map((cell) => cellToHtml(cell, states, live !== undefined))
    .filter(Boolean)
    .join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(titleOf(notebook) ?? name)}</title>
${live ? `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n` : ''}<style>${style}${live ? liveStyle : ''}</style>
</head>
<body>
<main>
${cells}
</main>
${live ? scripts(live) : ''}</body>
</html>
`;
}

function titleOf({ cells, metadata }: Notebook): string | undefined {
  if (typeof metadata.title === 'string') return metadata.title;
  const heading = cells.flatMap(({ cell_type, source }) =>
    cell_type === 'markdown' ? (/^#\s+(.+?)\s*#*\s*$/m.exec(source)?.[1] ?? []) : [],
  );
  return heading[0] && textIn(markdownToHtml(heading[0]));
}

/**
 * Follows the tags that nbconvert is often configured with: remove-cell, remove-input, remove-output; hide- folds. And
 * Quarto's options: include, echo, output, warning, label, fig-cap.
 */
function cellToHtml(cell: Cell, states: States, live: boolean): string {
  const tags = tagsOf(cell);
  const markup = live ? cleaned : closed;
  if (tags.includes('remove-cell')) return '';
  if (!isCode(cell)) {
    // Raw cells are for other formats, as in nbconvert.
    return cell.cell_type === 'markdown'
      ? `<article class="cell">${markup(markdownToHtml(withAttachments(cell)))}</article>`
      : '';
  }
  const { include, echo, output, warning, label, 'fig-cap': caption } = cellOptions(cell.source);
  if (include === false) return '';
  const hidden =
    tags.includes('hide-input') || (isFields(cell.metadata.jupyter) && cell.metadata.jupyter.source_hidden === true);
  const count = cell.execution_count === null ? '' : `<span class="count">[${cell.execution_count}]</span>`;
  const source = withoutOptions(cell.source);
  const code = `<div class="input">${count}<pre><code>${codeToHtml(source)}</code></pre></div>`;
  const inputShown = !tags.includes('remove-input') && echo !== false && source.trim() !== '';
  // A live page runs also what it does not show.
  const kept = live && source.trim() !== '' ? `<pre class="source" hidden>${escapeHtml(source)}</pre>` : '';
  const input = inputShown ? folded(code, hidden, 'Code') : kept;
  const shown = cell.outputs.filter(
    ({ output_type, name }) => warning !== false || output_type !== 'stream' || name !== 'stderr',
  );
  const outputs =
    tags.includes('remove-output') || output === false
      ? ''
      : folded(
          captioned(
            shown.map((output) => outputToHtml(output, { states, markdown: markdownToHtml, markup })).join('\n'),
            caption,
          ),
          tags.includes('hide-output'),
          'Output',
        );
  const shownHere = live ? `<div class="outputs" aria-live="polite">${outputs}</div>` : outputs;
  const id = typeof label === 'string' ? ` id="${escapeHtml(label)}"` : '';
  const raises = live && tags.includes('raises-exception') ? ' data-raises' : '';
  return input || outputs ? `<section class="cell"${id}${raises}>${input}${shownHere}</section>` : '';
}

function captioned(html: string, caption: unknown): string {
  if (typeof caption !== 'string' || html === '') return html;
  return `<figure>${html}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function folded(html: string, hidden: boolean, label: string): string {
  return hidden && html !== '' ? `<details><summary>${label}</summary>${html}</details>` : html;
}

/** A file name as it is written in an address; as it stands where that is no encoding. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Replaces `![](attachment:a.png)` by the image itself. */
function withAttachments(cell: Cell): string {
  const files = isFields(cell.attachments) ? cell.attachments : {};
  return cell.source.replace(/\(attachment:([^)\s]+)/g, (whole, name: string) => {
    const bundle = files[decoded(name)];
    const [type, data] = Object.entries(isFields(bundle) ? bundle : {})[0] ?? [];
    if (type === undefined || typeof data !== 'string') return whole;
    const base64 = type === 'image/svg+xml' ? Buffer.from(data).toString('base64') : data.replace(/\s/g, '');
    return `(data:${type};base64,${base64}`;
  });
}
