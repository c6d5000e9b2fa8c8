// The lanes as static SVG: everything that a page without scripts can show. lane-layout.ts decides where things lie.

import { fittedName, hashOf, safe, short } from '../draw/svg-text.ts';
import { imageStyle, STYLE } from '../draw/theme.ts';
import type { Model } from '../model/model.ts';
import { barLane, hatching, laneTitle, lineLane, lostRow, strokeLane, waitTexts } from './bars.ts';
import { MARGIN, NOTE } from './caption.ts';
import { grid, heading, LEGEND } from './heading.ts';
import { indentOf, type Layout, type LayoutOptions, layOut, type Row, shownLanes } from './lane-layout.ts';
import { arrows, blockMark, endMark, printMarks, spawnLines } from './lane-marks.ts';
import { loopName, loopStrip, passes } from './strip.ts';
import { type Note, type Summary, summaryOf } from './summary.ts';
import { lostWords, namesOf } from './words.ts';

/** How the lanes are drawn. */
export interface LanesOptions extends LayoutOptions {
  /** The title above the lanes; default: the trace's own headline. */
  readonly title?: string;
  /** Without title and legend. */
  readonly bare?: boolean;
}

interface DrawOptions extends LanesOptions {
  /** Without tooltips, and each lane as one path per state. */
  readonly short?: boolean;
}

/** With more bars than this, each lane is drawn as one path per state, without a tooltip on each bar. */
const MOST_TITLES = 1500;
const styled = (rules: string): string => `<style>${rules.replaceAll('<', '')}</style>`;
const SIGNS = { failed: '✕ ', block: '▲ ', lost: '⚠ ', plain: '' } as const;

/** A picture with its layout. */
export interface Drawn {
  readonly svg: string;
  readonly layout: Layout;
}

/** Draws a model's lanes as one SVG document. */
export function drawLanes(model: Model, options: LanesOptions = {}): Drawn {
  const parts = draw(model, summaryFor(model, options), options);
  return { svg: whole(parts, styled(STYLE)), layout: parts.layout };
}

/** Draws the lanes for an image: as short as can be, because a notebook stores it. */
export function drawStill(model: Model, options: LanesOptions = {}): string {
  const parts = draw(model, summaryFor(model, options), { ...options, loop: false, short: true });
  const { bar, font } = parts.layout.size;
  // What most bars and most texts have is said once.
  const widths = `.bar{stroke-width:${bar}px}.hole{stroke-width:${bar - 2}px}`;
  const svg = whole({ ...parts, said: '' }, '').replaceAll(` font-size="${font}"`, '');
  return svg.replace(' role="img">', ` font-size="${font}">${styled(imageStyle(svg) + widths)}`);
}

function summaryFor(model: Model, { lanes }: LanesOptions): Summary {
  return summaryOf(model, model.lanes.length - shownLanes(model, lanes).length);
}

/** Draws the two pieces for a page that has the style itself. */
export function drawView(
  model: Model,
  summary: Summary,
  options: LanesOptions = {},
): { readonly html: string; readonly layout: Layout } {
  const parts = draw(model, summary, options);
  return { html: upper(parts) + lower(parts), layout: parts.layout };
}

function whole({ layout: { width, height }, head, body, said }: Parts, style: string): string {
  const ground = `<rect class="bg" width="${width}" height="${short(height)}" rx="6"/>`;
  return `<svg class="ck" ${frame(0, width, height)} role="img">${said}${style}${ground}${body}${head}</svg>`;
}

function upper({ layout: { width, head: box }, head }: Parts): string {
  return `<svg class="ck ck-axis" ${frame(0, width, box.bottom)} aria-hidden="true">${head}</svg>`;
}

function lower({ layout: { width, height, head }, body, said }: Parts): string {
  const below = height - head.bottom;
  const ground = `<rect class="bg" y="${head.bottom}" width="${width}" height="${short(below)}"/>`;
  return `<svg class="ck ck-lanes" ${frame(head.bottom, width, below)} role="img">${said}${ground}${body}</svg>`;
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

function draw(model: Model, { notes, said: sentence, ...summary }: Summary, options: DrawOptions): Parts {
  const title = options.title ?? summary.title;
  const texts = {
    title: options.bare ? '' : title,
    legend: model.lanes.length === 0 || options.bare ? [] : LEGEND,
    notes: notes.map(({ kind, text }) => SIGNS[kind] + text),
  };
  const layout = layOut(model, texts, options);
  const name = namesOf(model);
  const { short: brief = false } = options;
  const hatch = brief ? 'h' : `ck-h${hashOf(`${title} ${model.times.length} ${model.times.at(-1)} ${layout.width}`)}`;
  const bars = layout.rows.reduce((sum, { lane }) => sum + (lane?.stretches.length ?? 0), 0);
  const body = [
    `<defs>${hatching(hatch)}</defs>`,
    grid(layout),
    loopStrip(layout),
    brief ? '' : passes(layout),
    spawnLines(layout),
    ...layout.rows.map((row) => {
      if (row.lane === undefined) return lostRow(layout, row);
      if (brief) return strokeLane(layout, row, row.lane);
      return bars > MOST_TITLES ? lineLane(layout, row, row.lane, hatch) : barLane(layout, row, row.lane, hatch, name);
    }),
    arrows(layout, name),
    printMarks(layout, name),
    ...layout.rows.map((row) => row.lane && waitTexts(layout, row, row.lane) + signs(layout, row)),
    names(layout),
    footer(layout, notes),
  ];
  const drawn = body.join('');
  const said = `<title>${safe(title)}</title><desc>${safe(sentence)}</desc>`;
  return {
    layout,
    said,
    head: brief ? shortened(heading(layout)) : heading(layout),
    body: brief ? shortened(drawn) : drawn,
  };
}

/**
 * An image has no tooltips, does not scroll, so that nothing needs to be hidden below names and title, and is not read by
 * the player; equal paths are drawn as one.
 */
function shortened(svg: string): string {
  return svg
    .replace(/<title>[^<]*<\/title>/g, '')
    .replace(/ (?:data-\w+|style="--x[^"]*)="?[^"]*"/g, '')
    .replace(/<g>(<text[^>]*>[^<]*<\/text>)<\/g>/g, '$1')
    .replace(/<rect class="bg"[^>]*>/g, '')
    .replace(/<g class="stay"[^>]*>(.*?)<\/g>/g, '$1')
    .replace(/(<text[^>]* x=")([\d.]+)(" y=")([\d.]+)/g, (_, a, x, b, y) => a + Math.round(x) + b + Math.round(y))
    .replace(/ class="(?:stay|name)"/g, '')
    .replace(/class="(?:stay|name) /g, 'class="')
    .replace(/(<path class="(says|done end)" d="[^"]*"><\/path>)(?:<path class="\2" d="[^"]*"><\/path>)+/g, (paths) =>
      paths.replace(/"><\/path><path [^>]*d="/g, ''),
    )
    .replace(/><\/path>/g, '/>');
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
