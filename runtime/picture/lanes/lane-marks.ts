// The marks on the lanes: how each task ended, steps that blocked the loop, who spawned whom, who cancelled whom.

import { safe, short, textWidth } from '../draw/svg-text.ts';
import type { Lane } from '../model/model.ts';
import { formatSeconds } from './axis.ts';
import type { Layout } from './lane-layout.ts';
import { blockWords, cancelWords, endingWords, type NameOf, printWords } from './words.ts';

const MOST_ARROWS = 60;

/** At the end of a lane: a tick, a cross or a crossed circle; nothing if the task has not finished. */
export function endMark(layout: Layout, lane: Lane, y: number): string {
  if (lane.ending === 'unfinished') return '';
  const { left, axis, size } = layout;
  const half = Math.min(5, size.bar * 0.36);
  const x = left + axis.x(lane.to) + half + 5;
  const at = (dx: number, dy: number) => `${short(x + dx * half)} ${short(y + dy * half)}`;
  const shape = {
    done: `M${at(-1, 0.1)}L${at(-0.25, 0.85)}L${at(1, -0.8)}`,
    failed: `M${at(-0.85, -0.85)}L${at(0.85, 0.85)}M${at(-0.85, 0.85)}L${at(0.85, -0.85)}`,
    cancelled: `M${at(-1, 0)}a${short(half)} ${short(half)} 0 1 0 ${short(2 * half)} 0a${short(half)} ${short(half)} 0 1 0 ${short(-2 * half)} 0M${at(-0.7, 0.7)}L${at(0.7, -0.7)}`,
  }[lane.ending];
  const mark = `<path class="${lane.ending} end" d="${shape}"${size.bar > 8 ? '' : ' style="stroke-width:1.3"'}><title>${safe(`${lane.name} ${endingWords(lane)}`)}</title></path>`;
  return lane.ending === 'done' ? mark : mark + endText(layout, lane, x + half + 6, y);
}

/** `ValueError` after the cross, if there is room. */
function endText({ width, size }: Layout, lane: Lane, x: number, y: number): string {
  if (!size.words) return '';
  const text = lane.ending === 'cancelled' ? 'cancelled' : (lane.error?.split(':', 1)[0] ?? 'failed');
  if (x + textWidth(text, size.font - 1) > width - 8) return '';
  return `<text class="${lane.ending}" x="${short(x)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(text)}</text>`;
}

/** Above each step that blocked the loop: a flag, and for how long. */
export function blockMark({ model, left, axis, size }: Layout, lane: Lane, y: number): string {
  const own = model.blocks.filter(({ task }) => task === lane.task);
  return own
    .map((block) => {
      const [x, end] = [left + axis.x(block.from), left + axis.x(block.to)];
      const text = blockWords(block);
      const room = size.words ? end - x - 10 : 0;
      const said = [text, formatSeconds(block.seconds)].find((one) => textWidth(one, size.font - 1) < room);
      const top = y - size.bar / 2;
      return (
        `<path class="block" d="M${short(x)} ${short(top)}h${short(end - x)}v-3h${short(x - end)}z"><title>${safe(text)}</title></path>` +
        (said === undefined
          ? ''
          : `<text class="onrun" x="${short(x + 5)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(said)}</text>`)
      );
    })
    .join('');
}

const MOST_PRINTS = 500;
/** Half the width of a print's mark. */
const SPEECH = 4;

/** Above the bar, or above the loop's steps if no task did it: a small balloon where something was printed. */
export function printMarks({ model, rows, left, axis, size, strip }: Layout, name: NameOf): string {
  const at = new Map(rows.flatMap(({ lane, y }) => (lane === undefined ? [] : [[lane.task, y] as const])));
  return model.prints
    .slice(0, MOST_PRINTS)
    .map((print) => {
      const y = print.task === null ? strip : at.get(print.task);
      if (y === undefined) return '';
      const x = left + axis.x(print.moment);
      const tip = y - size.bar / 2 + 1;
      const shape = `M${short(x - 1)} ${short(tip)}v-2h${1 - SPEECH}v-5h${2 * SPEECH}v5h${1 - SPEECH}z`;
      return `<path class="says" d="${shape}"><title>${safe(printWords(print, name))}</title></path>`;
    })
    .join('');
}

/** A line from each spawner's lane down to each lane that it spawned, at the moment of spawning. */
export function spawnLines({ rows, left, axis, size }: Layout): string {
  if (!size.words || size.stacked) return '';
  const at = new Map(rows.flatMap(({ lane, y }) => (lane === undefined ? [] : [[lane.task, y] as const])));
  const paths = rows.flatMap(({ lane, y }) => {
    const from = lane?.parent === null || lane === undefined ? undefined : at.get(lane.parent);
    if (lane === undefined || from === undefined) return [];
    const x = left + axis.x(lane.from);
    return `M${short(x)} ${short(from + size.bar / 2)}V${short(y - size.bar / 2)}`;
  });
  return `<path class="spawn" d="${paths.join('')}" stroke-width="1" stroke-dasharray="1 2"/>`;
}

/** An arrow from the task that cancels to the one that is cancelled. */
export function arrows({ model, rows, left, axis, size }: Layout, name: NameOf): string {
  if (model.cancels.length > MOST_ARROWS) return '';
  const at = new Map(rows.flatMap(({ lane, y }) => (lane === undefined ? [] : [[lane.task, y] as const])));
  return model.cancels
    .map((cancel) => {
      const to = at.get(cancel.task);
      if (to === undefined) return '';
      const from = cancel.by.kind === 'task' ? at.get(cancel.by.task) : undefined;
      const x = left + axis.x(cancel.moment);
      const down = from === undefined || from <= to ? 1 : -1;
      const start = from === undefined || from === to ? to - size.row * 0.8 : from;
      const tip = to - (down * size.bar) / 2;
      const title = `<title>${safe(cancelWords(cancel, name))}</title>`;
      return (
        `<path class="cancelled" d="M${short(x)} ${short(start)}V${short(tip - down * 3)}" stroke-width="1.5">${title}</path>` +
        `<path class="head" d="M${short(x)} ${short(tip)}l-3.5 ${-5 * down}h7z">${title}</path>`
      );
    })
    .join('');
}
