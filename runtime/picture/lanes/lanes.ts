// The lanes as SVG: their parts, and the two pieces that the player puts into the page. lane-layout.ts decides where things
// lie, lane-document.ts makes whole documents of the parts. What only a document needs has no place here, for each stored
// figure carries what the player imports.

import { fittedName, hashOf, safe, short } from '../draw/svg-text.ts';
import type { Model } from '../model/model.ts';
import { barLane, hatching, laneTitle, lineLane, lostRow, waitTexts } from './bars.ts';
import { MARGIN, NOTE } from './caption.ts';
import { grid, heading, LEGEND } from './heading.ts';
import { indentOf, type Layout, type LayoutOptions, layOut, type Row } from './lane-layout.ts';
import { arrows, blockMark, endMark, printMarks, spawnLines } from './lane-marks.ts';
import { loopName, loopStrip, passes } from './strip.ts';
import type { Note, Summary } from './summary.ts';
import { lostWords, namesOf } from './words.ts';

/** How the lanes are drawn. */
export interface LanesOptions extends LayoutOptions {
  /** The title above the lanes; default: the trace's own headline. */
  readonly title?: string;
  /** Without title and legend. */
  readonly bare?: boolean;
}

/** With more bars than this, each lane is drawn as one path per state, without a tooltip on each bar. */
const MOST_TITLES = 1500;
const SIGNS = { failed: '✕ ', block: '▲ ', lost: '⚠ ', plain: '' } as const;

/** Draws the two pieces for a page that has the style itself. */
export function drawView(
  model: Model,
  summary: Summary,
  options: LanesOptions = {},
): { readonly html: string; readonly layout: Layout } {
  const parts = partsOf(model, summary, options);
  return { html: upper(parts) + lower(parts), layout: parts.layout };
}

function upper({ layout: { width, head: box }, head }: Parts): string {
  return `<svg class="ck ck-axis" ${frame(0, width, box.bottom)} aria-hidden="true">${head}</svg>`;
}

function lower({ layout: { width, height, head }, body, said }: Parts): string {
  const below = height - head.bottom;
  const ground = `<rect class="bg" y="${head.bottom}" width="${width}" height="${short(below)}"/>`;
  return `<svg class="ck ck-lanes" ${frame(head.bottom, width, below)} role="img">${said}${ground}${body}</svg>`;
}

/** The attributes of an SVG element. */
export function frame(top: number, width: number, height: number): string {
  return `xmlns="http://www.w3.org/2000/svg" viewBox="0 ${top} ${width} ${short(height)}" width="${width}" height="${short(height)}"`;
}

/** What a picture of lanes is put together from. */
export interface Parts {
  readonly layout: Layout;
  /** Title and description, for people who cannot see the picture. */
  readonly said: string;
  readonly head: string;
  readonly body: string;
}

/** Draws the parts; an image draws its lanes with `still`, all at once. */
export function partsOf(
  model: Model,
  { notes, said: sentence, ...summary }: Summary,
  options: LanesOptions,
  still?: (layout: Layout) => string,
): Parts {
  const title = options.title ?? summary.title;
  const texts = {
    title: options.bare ? '' : title,
    legend: model.lanes.length === 0 || options.bare ? [] : LEGEND,
    notes: notes.map(({ kind, text }) => SIGNS[kind] + text),
  };
  const layout = layOut(model, texts, options);
  const name = namesOf(model);
  const hatch = still ? 'h' : `ck-h${hashOf(`${title} ${model.times.length} ${model.times.at(-1)} ${layout.width}`)}`;
  const bars = layout.rows.reduce((sum, { lane }) => sum + (lane?.stretches.length ?? 0), 0);
  const drawn = [
    `<defs>${hatching(hatch)}</defs>`,
    grid(layout),
    loopStrip(layout),
    still ? '' : passes(layout),
    spawnLines(layout),
    still?.(layout) ?? '',
    ...layout.rows.map((row) => {
      if (row.lane === undefined) return lostRow(layout, row);
      if (still) return '';
      return bars > MOST_TITLES ? lineLane(layout, row, row.lane, hatch) : barLane(layout, row, row.lane, hatch, name);
    }),
    arrows(layout, name),
    printMarks(layout, name),
    ...layout.rows.map((row) => row.lane && waitTexts(layout, row, row.lane) + signs(layout, row)),
    names(layout),
    footer(layout, notes),
  ];
  const said = `<title>${safe(title)}</title><desc>${safe(sentence)}</desc>`;
  return { layout, said, head: heading(layout), body: drawn.join('') };
}

function signs(layout: Layout, { lane, y }: Row): string {
  return lane === undefined ? '' : blockMark(layout, lane, y) + endMark(layout, lane, y);
}

/** Names stay visible when somebody scrolls to the right; beside the bars they have a background of their own. */
function names(layout: Layout): string {
  const { left, top, head, height, size, rows } = layout;
  const ground = size.stacked
    ? ''
    : `<rect class="bg" y="${head.bottom}" width="${left - 8}" height="${short(height - head.bottom)}"/>`;
  const all = rows.map(({ lane, lost, y }) => {
    const x = MARGIN + (lane === undefined ? 0 : indentOf(lane));
    const room = (size.stacked ? layout.window - MARGIN : left - 12) - x;
    const line = size.stacked ? y - size.bar / 2 - 6 : y + size.font * 0.35;
    const own = lane?.name ?? `${lost?.name}()`;
    const shown = fittedName(own, room, size.font);
    const text = `<text class="name${lane === undefined ? ' failed' : ''}" x="${x}" y="${short(line)}" font-size="${size.font}">${safe(shown)}</text>`;
    if (!size.words) return text;
    return `<g><title>${safe(lane === undefined ? (lost ? lostWords(lost) : '') : laneTitle(lane))}</title>${text}</g>`;
  });
  return `<g class="stay" data-top="${short(top)}">${ground}${loopName(layout)}${all.join('')}</g>`;
}

function footer({ notes }: Layout, said: readonly Note[]): string {
  return notes
    .flatMap((lines, at) =>
      lines.map(
        ({ text, y }) =>
          `<text class="stay ${said[at]?.kind === 'plain' ? 'm' : 'failed'}" x="${MARGIN}" y="${short(y)}" font-size="${NOTE.size}">${safe(text)}</text>`,
      ),
    )
    .join('');
}
