// What was printed up to a moment: one line per print, with who printed it. HTML made from the model.

import { safe, textWidth } from '../draw/svg-text.ts';
import type { NameOf } from '../lanes/words.ts';
import type { Model } from '../model/model.ts';

/** The lines printed up to a moment; the one of this very moment is marked. */
export function outputOf({ prints }: Model, moment: number, name: NameOf): string {
  const shown = prints.filter((one) => one.moment <= moment);
  return shown
    .map(({ task, stream, text, moment: at }) => {
      const who = `<span class="chip${at === moment ? ' on' : ''}">${safe(whoOf(task, name))}</span>`;
      return `<div class="say${stream === 'stderr' ? ' err' : ''}">${who}<span class="code">${safe(text.replace(/\n$/, ''))}</span></div>`;
    })
    .join('');
}

/** The width of a chip's frame with the gap behind it. */
const FRAME = 18;

/** How many rows there are at the end in a panel that has this width inside. */
export function outputRows({ prints }: Model, name: NameOf): (width: number) => number {
  return (width) =>
    prints.reduce((sum, { task, text }) => {
      const room = Math.max(80, width - textWidth(whoOf(task, name), 10.5) - FRAME);
      const lines = text.replace(/\n$/, '').split('\n');
      return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(textWidth(line, 11) / room)), sum);
    }, 0);
}

function whoOf(task: number | null, name: NameOf): string {
  return task === null ? 'callback' : name(task);
}
