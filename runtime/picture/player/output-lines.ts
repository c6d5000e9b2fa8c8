// What was printed up to a moment: one line per print, with who printed it. HTML made from the model.

import { safe } from '../draw/svg-text.ts';
import type { NameOf } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';

/** The lines printed up to a moment; the one of this very moment is marked. */
export function outputOf({ prints }: Model, moment: number, name: NameOf): string {
  const shown = prints.filter((one) => one.moment <= moment);
  return shown
    .map(({ task, stream, text, moment: at }) => {
      const who = `<span class="chip${at === moment ? ' on' : ''}">${safe(task === null ? 'callback' : name(task))}</span>`;
      return `<div class="say${stream === 'stderr' ? ' err' : ''}">${who}<span class="code">${safe(text.replace(/\n$/, ''))}</span></div>`;
    })
    .join('');
}

/** How many lines there are at the end. */
export function outputLines({ prints }: Model): number {
  return prints.reduce((sum, { text }) => sum + text.replace(/\n$/, '').split('\n').length, 0);
}
