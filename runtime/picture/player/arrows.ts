// The arrows of cancellations, left of the source's lines: from the call to the await that it hits, and on through the
// blocks on the way out. They lie in a gutter of their own, so none runs over the text. Pure.

import { short } from '../markup.ts';

/** How wide the gutter is that the arrows lie in, in pixels; figure.ts keeps it free. */
export const GUTTER = 34;

/** The middles of the lines that an arrow connects. */
export interface Track {
  /** Of the call; null where none of the lines is it. */
  readonly from: number | null;
  readonly stops: readonly number[];
}

const RIGHT = GUTTER - 3;
const TIP = 6;
const NEAREST = 9;
const APART = 6;
const MOST_APART = 3;
const BEND = 5;

/** The arrows as the content of one SVG element. */
export function arrowsOf(tracks: readonly Track[]): string {
  return tracks.map((track, at) => arrowOf(track, RIGHT - NEAREST - APART * (1 + (at % MOST_APART)))).join('');
}

function arrowOf({ from, stops }: Track, x: number): string {
  const [hit, ...out] = stops;
  if (hit === undefined) return '';
  const first = from === null || Math.abs(from - hit) < 1 ? stub(hit) : bow(from, hit, x, 'call');
  const rest = out.map((y, at) => bow(stops[at] ?? hit, y, RIGHT - NEAREST, 'out'));
  return first + rest.join('');
}

/** From outside, or from the same line: a dot, and the tip. */
function stub(y: number): string {
  return `<circle cx="5" cy="${short(y)}" r="3"/><path class="call" d="M5 ${short(y)}H${RIGHT - TIP}"/>${tip(y)}`;
}

/** From the end of one line to the beginning of another. */
function bow(from: number, to: number, x: number, kind: 'call' | 'out'): string {
  const down = to >= from ? 1 : -1;
  const bend = Math.min(BEND, Math.abs(to - from) / 2) * down;
  const [y1, y2] = [from + down * 2, to - down * (kind === 'call' ? 0 : 3)];
  const path = `M${RIGHT} ${short(y1)}H${short(x + BEND)}Q${short(x)} ${short(y1)} ${short(x)} ${short(y1 + bend)}V${short(y2 - bend)}Q${short(x)} ${short(y2)} ${short(x + BEND)} ${short(y2)}H${RIGHT - TIP}`;
  return `<path class="${kind}" d="${path}"/>${tip(y2)}`;
}

function tip(y: number): string {
  return `<path class="tip" d="M${RIGHT + 1} ${short(y)}l-${TIP + 1} -4v8z"/>`;
}
