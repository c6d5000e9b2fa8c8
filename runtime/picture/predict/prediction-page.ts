// How a prediction looks in a notebook and on a page: the lines side by side, the rule that decided the first difference,
// and below them the player, opened there, which brings the colours. Without scripts the lines and the rule are text.

import { rule } from '../../quiz/order-rules.ts';
import { FRAME, ROWS, WORDS } from '../draw/said-style.ts';
import { safe } from '../draw/svg-text.ts';
import { type Around, htmlOf } from '../trace/trace-page.ts';
import type { Trace } from '../trace/traced.ts';
import { type Compared, type Row, reasonsOf, rowsOf, textOf, verdictOf } from './comparison.ts';

/** What the figure shows. */
type Shown = Compared & { readonly trace: Trace };

/** The figure of a prediction. */
export function pageOf(prediction: Shown, around: Pick<Around, 'alone' | 'kernel'> = {}): string {
  const { right, trace, lines, difference } = prediction;
  const at = right ? 0 : ((lines[difference] ?? lines.at(-1))?.moment ?? 0);
  const rows = rowsOf(prediction).map((row, index) => rowHtml(prediction, row, index));
  const html =
    `<div class="ck ck-said"><style>${FRAME}${WORDS}${ROWS}</style><div class="ck-top ${right ? 'ck-yes' : 'ck-no'}">${right ? '✓' : '✗'} ${safe(verdictOf(prediction))}</div>` +
    `<div class="ck-both"><div class="ck-rows" role="table"><div class="ck-row" role="row">${[
      '',
      '',
      'you predicted',
      'it printed',
      'who',
    ]
      .map((name) => `<span role="columnheader">${name}</span>`)
      .join('')}</div>${rows.join('')}</div>${why(prediction)}</div></div>`;
  return htmlOf(trace.recording, trace.model, {}, { at, ...around, above: { text: textOf(prediction), html } });
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
