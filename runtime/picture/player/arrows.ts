// The arrows of cancellations, to the left of the source: from the call to the await that it interrupts, then through
// the blocks on the way out. They lie in a gutter of their own, so that none crosses the text. Pure.

import { short } from '../draw/svg-text.ts';

/** The width in pixels of the gutter in which the arrows lie; figure-style.ts keeps it free. */
export const GUTTER = 34;

/** The heights of the lines that an arrow connects: the middle of the first row of each. */
export interface Track {
  /** The line of the call; null if it is not among the lines shown. */
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
  // Several tasks may take the same way; each is drawn as far as it has come.
  const calls = new Map<string, readonly [from: number | null, to: number]>();
  const outs = new Map<string, readonly [from: number, to: number]>();
  for (const { from, stops } of tracks) {
    for (const [at, to] of stops.entries()) {
      const before = stops[at - 1];
      if (before === undefined) calls.set(`${from} ${to}`, [from, to]);
      else outs.set(`${before} ${to}`, [before, to]);
    }
  }
  const called = [...calls.values()].map(([from, to], at) => {
    if (from === null || Math.abs(from - to) < 1) return stub(to);
    return bow(from, to, RIGHT - NEAREST - APART * (1 + (at % MOST_APART)), 'call');
  });
  const out = [...outs.values()].map(([from, to]) => bow(from, to, RIGHT - NEAREST, 'out'));
  return [...called, ...out].join('');
}

/** An arrow from outside or from the same line: a dot and a tip. */
function stub(y: number): string {
  return `<circle cx="5" cy="${short(y)}" r="3"/><path class="call" d="M5 ${short(y)}H${RIGHT - TIP}"/>${tip(y)}`;
}

/** A curved arrow from one line to another. */
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
