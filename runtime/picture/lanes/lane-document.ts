// The lanes as whole SVG documents, which bring their style: as a picture, and as the image that a notebook stores, as short
// as can be.

import { imageStyle, STYLE } from '../draw/svg-style.ts';
import { short } from '../draw/svg-text.ts';
import type { Model, State } from '../model/model.ts';
import { PAINTED } from './bars.ts';
import { CLASSES } from './heading.ts';
import { barsOf, type Layout, shownLanes } from './lane-layout.ts';
import { frame, type LanesOptions, type Parts, partsOf } from './lanes.ts';
import { type Summary, summaryOf } from './summary.ts';

/** A picture with its layout. */
export interface Drawn {
  readonly svg: string;
  readonly layout: Layout;
}

/** Draws a model's lanes as one SVG document. */
export function drawLanes(model: Model, options: LanesOptions = {}): Drawn {
  const parts = partsOf(model, summaryFor(model, options), options);
  return { svg: whole(parts, styled(STYLE)), layout: parts.layout };
}

/** Draws the lanes for an image: as short as can be, because a notebook stores it. */
export function drawStill(model: Model, options: LanesOptions = {}): string {
  const { layout, head, body } = partsOf(model, summaryFor(model, options), { ...options, loop: false }, strokeLanes);
  const { bar, font } = layout.size;
  // What most bars and most texts have is said once.
  const widths = `.bar{stroke-width:${bar}px}.hole{stroke-width:${bar - 2}px}`;
  const parts = { layout, said: '', head: shortened(head), body: shortened(body) };
  const svg = whole(parts, '').replaceAll(` font-size="${font}"`, '');
  return svg.replace(' role="img">', ` font-size="${font}">${styled(imageStyle(svg) + widths)}`);
}

const styled = (rules: string): string => `<style>${rules.replaceAll('<', '')}</style>`;

function summaryFor(model: Model, { lanes }: LanesOptions): Summary {
  return summaryOf(model, model.lanes.length - shownLanes(model, lanes).length);
}

function whole({ layout: { width, height }, head, body, said }: Parts, style: string): string {
  const ground = `<rect class="bg" width="${width}" height="${short(height)}" rx="6"/>`;
  return `<svg class="ck" ${frame(0, width, height)} role="img">${said}${style}${ground}${body}${head}</svg>`;
}

/** All lanes as one thick line per state, on whole units: the shortest that still looks like bars. The image has its width. */
function strokeLanes(layout: Layout): string {
  const lines = new Map<State, string>();
  for (const { lane, y } of layout.rows) {
    const ends = new Map<State, number>();
    for (const { stretch, x, width } of lane ? barsOf(layout, lane) : []) {
      const [from, to] = [Math.round(x), Math.max(Math.round(x) + 1, Math.round(x + width))];
      const end = ends.get(stretch.state);
      const move = end === undefined ? `M${from} ${short(y)}` : `m${from - end} 0`;
      lines.set(stretch.state, `${lines.get(stretch.state) ?? ''}${move}h${to - from}`);
      ends.set(stretch.state, to);
    }
  }
  return PAINTED.flatMap((state) => {
    const line = lines.get(state);
    if (line === undefined) return [];
    const wide = `<path class="bar ${CLASSES[state]}" d="${line}"/>`;
    // Hollow: the same line once more, thinner and in the colour of the ground.
    return state === 'created' ? [wide, `<path class="bar hole" d="${line}"/>`] : [wide];
  }).join('');
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
