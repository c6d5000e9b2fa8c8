// A trace as CSV for spreadsheets and data frames: one row per stretch.

import { causeWords, namesOf, waitWords } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';

const HEAD = 'task,name,parent,state,start,end,waits_for,held_by,coroutine,file,line,woken_by,ending';

/** CSV as in RFC 4180, with a header line; times are in seconds since the trace began. */
export function toCsv(model: Model): string {
  const name = namesOf(model);
  const rows = model.lanes.flatMap(({ task, name: own, parent, stretches, ending }) =>
    stretches.map((stretch, at) => {
      const { state, from, to, waitsFor, place, by } = stretch;
      const cells = [
        ...[task, own, parent, state, model.times[from], model.times[to], waitWords(stretch), waitsFor],
        ...[
          place?.name,
          place?.file,
          place?.line,
          by && causeWords(by, name),
          at === stretches.length - 1 ? ending : '',
        ],
      ];
      return cells.map(cell).join(',');
    }),
  );
  return `${[HEAD, ...rows].join('\r\n')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
