// How a prediction looks in a notebook and on a page: the lines side by side, the rule that decided the first difference,
// and below them the player, opened there. Without scripts everything but the player's movement is there.

import { byteLength } from '#host/bytes';
import { rule } from '../../quiz/order-rules.ts';
import { safe } from '../draw/svg-text.ts';
import { coloursOf } from '../draw/theme.ts';
import { htmlOf } from '../trace/trace-page.ts';
import type { Trace } from '../trace/traced.ts';
import { type Compared, type Row, reasonsOf, rowsOf, verdictOf } from './comparison.ts';

/** What the figure shows. */
type Shown = Compared & { readonly trace: Trace };

export const SHEET = [
  coloursOf(['bg', 'panel', 'text', 'muted', 'line', 'run', 'done', 'failed']),
  '.ck-said{all:initial;display:block;color:var(--ck-text);background:var(--ck-bg);font:14px/1.5 system-ui,sans-serif;max-width:1200px;padding:2px 14px 10px;container-type:inline-size;',
  '& *{box-sizing:border-box}',
  '.ck-top{font-size:16px;font-weight:600;margin:0 0 8px}',
  '.ck-yes{color:var(--ck-done)}.ck-no{color:var(--ck-failed)}',
  '.ck-rows{display:grid;grid-template-columns:auto auto minmax(8em,1fr) minmax(8em,1fr) auto;border:1px solid var(--ck-line);border-radius:6px;overflow:hidden;background:var(--ck-panel)}',
  '.ck-row{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:baseline;padding:3px 12px;column-gap:14px;border-top:1px solid var(--ck-line)}',
  '.ck-row:first-child{border-top:0;color:var(--ck-muted);font-size:12px}',
  '.ck-code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}',
  '.ck-who,.ck-at{color:var(--ck-muted);font-size:12px}',
  '.ck-odd{background:var(--ck-bg);box-shadow:inset 4px 0 var(--ck-failed)}',
  '.ck-odd .ck-code{font-weight:700;color:var(--ck-failed)}.ck-odd .ck-code+.ck-code{color:var(--ck-done)}',
  '.ck-late{color:var(--ck-muted)}',
  '.ck-both{display:grid;gap:10px;align-items:start;max-width:760px}@container (min-width:780px){.ck-both:has(.ck-why){grid-template-columns:3fr 2fr;gap:14px;max-width:none}}',
  '.ck-card .ck-why{margin-top:10px}',
  '.ck-why{padding:8px 14px;border-left:4px solid var(--ck-run);background:var(--ck-panel);border-radius:0 6px 6px 0}',
  '.ck-why div+div{color:var(--ck-muted);margin-top:2px}}',
].join('\n');

/** The figure of a prediction. */
export function pageOf(prediction: Shown): string {
  const { right, trace, lines, difference } = prediction;
  const at = right ? 0 : ((lines[difference] ?? lines.at(-1))?.moment ?? 0);
  const rows = rowsOf(prediction).map((row, index) => rowHtml(prediction, row, index));
  const said =
    `<div class="ck ck-said"><style>${SHEET}</style>\n` +
    `<div class="ck-top ${right ? 'ck-yes' : 'ck-no'}">${right ? '✓' : '✗'} ${safe(verdictOf(prediction))}</div>` +
    `<div class="ck-both"><div class="ck-rows" role="table"><div class="ck-row" role="row">${[
      '',
      '',
      'you predicted',
      'it printed',
      'who',
    ]
      .map((name) => `<span role="columnheader">${name}</span>`)
      .join('')}</div>\n${rows.join('\n')}</div>\n${why(prediction)}</div></div>`;
  return `${said}\n${htmlOf(trace.recording, trace.model, {}, { at, beside: byteLength(said) })}`;
}

function rowHtml({ trace }: Shown, { sign, guess, text, line }: Row, index: number): string {
  const who = trace.model.lanes.find(({ task }) => task === line?.task)?.name ?? '';
  const kind = sign === '✗' ? ' ck-odd' : sign === '' ? ' ck-late' : '';
  const colour = sign === '✓' ? 'ck-yes' : 'ck-no';
  return (
    `<div class="ck-row${kind}" role="row"><span class="ck-at" role="cell">${index + 1}</span><span class="${colour}" role="cell">${sign}</span>` +
    `<span class="ck-code" role="cell">${safe(guess)}</span><span class="ck-code" role="cell">${safe(text)}</span><span class="ck-who" role="cell">${safe(who)}</span></div>`
  );
}

function why(prediction: Shown): string {
  const { decision } = prediction;
  const said =
    decision === undefined
      ? reasonsOf(prediction).map((reason) => `<div>${safe(reason)}</div>`)
      : [
          `<div><b>Line ${prediction.difference + 1}:</b> ${safe(decision.because)}</div>`,
          `<div>Rule ${decision.rule}. ${safe(rule(decision.rule).says)}</div>`,
          ...reasonsOf(prediction)
            .slice(2)
            .map((reason) => `<div>${safe(reason)}</div>`),
        ];
  return said.length === 0 ? '' : `<div class="ck-why">${said.join('')}</div>`;
}
