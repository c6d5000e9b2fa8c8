// The lanes as static SVG: everything that a page without scripts can show. lane-layout.ts decides where things lie.

import { fittedName, hashOf, safe, short } from '../draw/svg-text.ts';
import { IMAGE_STYLE, STYLE } from '../draw/theme.ts';
import type { Model } from '../model/model.ts';
import { barLane, hatching, laneTitle, lineLane, lostRow, waitTexts } from './bars.ts';
import { MARGIN, NOTE } from './caption.ts';
import { grid, heading, LEGEND } from './heading.ts';
import { indentOf, type Layout, type LayoutOptions, layOut, type Row, shownLanes } from './lane-layout.ts';
import { arrows, blockMark, endMark, printMarks, spawnLines } from './lane-marks.ts';
import { loopName, loopStrip, passes } from './strip.ts';
import { headline, lostWords, type Note, namesOf, notesOf } from './words.ts';

/** How the lanes are drawn. */
export interface LanesOptions extends LayoutOptions {
  /** The title above the lanes; default: the trace's own headline. */
  readonly title?: string;
}

/** How the lanes are drawn in a page that has the rules of theme.ts. */
export interface ViewOptions extends LanesOptions {
  /** Whether bars have tooltips; default true. */
  readonly titles?: boolean;
}

/** With more bars than this, each lane is drawn as one path per state, without a tooltip on each bar. */
const MOST_TITLES = 1500;
const styled = (rules: string): string => `<style>${rules.replaceAll('<', '')}</style>`;
const [RULES, OF_IMAGE] = [styled(STYLE), styled(IMAGE_STYLE)];
const SIGNS = { failed: '✕ ', block: '▲ ', lost: '⚠ ', plain: '' } as const;

/** A picture with its layout. */
export interface Drawn {
  readonly svg: string;
  readonly layout: Layout;
}

/** Draws a model's lanes as one SVG document. */
export function drawLanes(model: Model, options: LanesOptions = {}): Drawn {
  const parts = draw(model, options);
  return { svg: whole(parts, RULES), layout: parts.layout };
}

/** A picture in one piece, and in two for a page in which it is tall: there the upper piece stays visible. */
export interface Sheets {
  readonly whole: string;
  readonly upper: string;
  readonly lower: string;
  readonly layout: Layout;
}

/** Draws each piece as a document of its own, with its style. */
export function drawSheets(model: Model, options: ViewOptions = {}): Sheets {
  const parts = draw(model, options);
  return {
    whole: whole(parts, OF_IMAGE),
    upper: upper(parts, OF_IMAGE),
    lower: lower(parts, OF_IMAGE),
    layout: parts.layout,
  };
}

/** Draws the two pieces for a page that has the style itself. */
export function drawView(model: Model, options: ViewOptions = {}): { readonly html: string; readonly layout: Layout } {
  const parts = draw(model, options);
  return { html: upper(parts, '') + lower(parts, ''), layout: parts.layout };
}

function whole({ layout: { width, height }, head, body, said }: Parts, style: string): string {
  const ground = `<rect class="bg" width="${width}" height="${short(height)}" rx="6"/>`;
  return `<svg class="ck" ${frame(0, width, height)} role="img">${said}${style}${ground}${body}${head}</svg>`;
}

function upper({ layout: { width, head: box }, head }: Parts, style: string): string {
  return `<svg class="ck ck-axis" ${frame(0, width, box.bottom)} aria-hidden="true">${style}${head}</svg>`;
}

function lower({ layout: { width, height, head }, body, said }: Parts, style: string): string {
  const below = height - head.bottom;
  const ground = `<rect class="bg" y="${head.bottom}" width="${width}" height="${short(below)}"/>`;
  return `<svg class="ck ck-lanes" ${frame(head.bottom, width, below)} role="img">${said}${style}${ground}${body}</svg>`;
}

function frame(top: number, width: number, height: number): string {
  return `xmlns="http://www.w3.org/2000/svg" viewBox="0 ${top} ${width} ${short(height)}" width="${width}" height="${short(height)}"`;
}

interface Parts {
  readonly layout: Layout;
  /** Title and description, for people who cannot see the picture. */
  readonly said: string;
  readonly head: string;
  readonly body: string;
}

function draw(model: Model, options: ViewOptions): Parts {
  const notes = notesOf(model, model.lanes.length - shownLanes(model, options.lanes).length);
  const title = options.title ?? headline(model);
  const texts = {
    title,
    legend: model.lanes.length === 0 ? [] : LEGEND,
    notes: notes.map(({ kind, text }) => SIGNS[kind] + text),
  };
  const layout = layOut(model, texts, options);
  const name = namesOf(model);
  const hatch = `ck-h${hashOf(`${title} ${model.times.length} ${model.times.at(-1)} ${layout.width}`)}`;
  const bars = layout.rows.reduce((sum, { lane }) => sum + (lane?.stretches.length ?? 0), 0);
  const titled = options.titles === false ? undefined : name;
  const body = [
    `<defs>${hatching(hatch)}</defs>`,
    grid(layout),
    loopStrip(layout),
    passes(layout),
    spawnLines(layout),
    ...layout.rows.map((row) => {
      if (row.lane === undefined) return lostRow(layout, row);
      return bars > MOST_TITLES
        ? lineLane(layout, row, row.lane, hatch)
        : barLane(layout, row, row.lane, hatch, titled);
    }),
    arrows(layout, name),
    printMarks(layout, name),
    ...layout.rows.map((row) => row.lane && waitTexts(layout, row, row.lane) + signs(layout, row)),
    names(layout),
    footer(layout, notes),
  ];
  const said = `<title>${safe(title)}</title><desc>${safe(describe(model))}</desc>`;
  return { layout, said, head: heading(layout), body: body.join('') };
}

/** For people who cannot see the picture: how many tasks ended how. The text form has the rest. */
function describe(model: Model): string {
  const endings = (['done', 'failed', 'cancelled', 'unfinished'] as const).flatMap((ending) => {
    const number = model.lanes.filter((lane) => lane.ending === ending).length;
    return number === 0 ? [] : [`${number} ${ending}`];
  });
  return `One lane per task, time to the right. Hollow: not begun; solid: running, one at any instant; hatched: suspended. ${endings.join(', ')}.`;
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
