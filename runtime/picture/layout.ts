// Where everything of the lanes lies: rows, their height by how many there are, the axis, which bars are seen.
// What it looks like is in lanes.ts.

import { type Axis, axisOf } from './axis.ts';
import { textWidth } from './markup.ts';
import type { Lane, Model, Stretch } from './model.ts';
import type { Lost } from './recording.ts';

/** The sizes of a row. */
export interface Size {
  readonly row: number;
  readonly bar: number;
  readonly font: number;
  /** Whether there is room for words on the bars, for the lines of spawning, and for a title on each bar. */
  readonly words: boolean;
}

/** A lane's row, or a forgotten coroutine's. */
export interface Row {
  /** The middle of its bar. */
  readonly y: number;
  readonly lane?: Lane;
  readonly lost?: Lost;
}

/** One picture of lanes, laid out. */
export interface Layout {
  readonly model: Model;
  readonly width: number;
  readonly height: number;
  /** The left end of the axis. */
  readonly left: number;
  readonly top: number;
  readonly axis: Axis;
  readonly size: Size;
  readonly rows: readonly Row[];
}

/** How the lanes are laid out. */
export interface LayoutOptions {
  /** In units of the viewBox; default 820. */
  readonly width?: number;
  /** At most so many lanes, the ones that failed first among them; default 1000. */
  readonly lanes?: number;
}

const WIDTH = 820;
const MOST_LANES = 1000;
/** Forgotten coroutines that get a row; the notes count them all. */
const MOST_LOST = 20;
const HEAD = 74;
const FOOT = 26;
const NOTE = 18;
const GUTTER = 26;
const INDENT = 12;
const NAMES = [84, 216] as const;

/** Measures a model's lanes. `notes` is how many lines stand below them. */
export function layOut(model: Model, notes: number, options: LayoutOptions = {}): Layout {
  const { width = WIDTH, lanes: most = MOST_LANES } = options;
  const shown = shownLanes(model, most);
  const size = sizeFor(shown.length + Math.min(MOST_LOST, model.forgotten.length));
  const wanted = Math.max(
    ...shown.map((lane) => indentOf(lane) + textWidth(lane.name, size.font)),
    ...lostWidths(model, size),
  );
  const names = Math.min(NAMES[1], width * 0.3, Math.max(NAMES[0], wanted));
  const left = Math.ceil(names) + 28;
  const rows: Row[] = [
    ...shown.map((lane) => ({ lane })),
    ...model.forgotten.slice(0, MOST_LOST).map((lost) => ({ lost })),
  ].map((row, at) => ({ ...row, y: HEAD + size.row * (at + 0.5) }));
  const height = HEAD + size.row * Math.max(1, rows.length) + (notes === 0 ? 12 : FOOT + notes * NOTE - 6);
  const axis = axisOf(model, width - left - GUTTER);
  return { model, width, height, left, top: HEAD, axis, size, rows };
}

/** How far a lane's name is indented. */
export function indentOf({ depth }: Lane): number {
  return Math.min(depth, 6) * INDENT;
}

/** Bars of a lane that are wide enough to be seen; what is narrower than a tenth of a unit is not drawn. */
export function barsOf({ axis, left }: Layout, lane: Lane): { stretch: Stretch; x: number; width: number }[] {
  return lane.stretches.flatMap((stretch) => {
    const x = axis.x(stretch.from);
    const width = axis.x(stretch.to) - x;
    return width < 0.1 ? [] : [{ stretch, x: left + x, width }];
  });
}

function lostWidths({ forgotten }: Model, { font }: Size): number[] {
  return forgotten.slice(0, MOST_LOST).map(({ name }) => textWidth(`${name}()`, font));
}

function sizeFor(rows: number): Size {
  if (rows <= 14) return { row: 32, bar: 18, font: 12.5, words: true };
  if (rows <= 45) return { row: 23, bar: 15, font: 11.5, words: true };
  if (rows <= 130) return { row: 16, bar: 10, font: 10, words: false };
  return { row: 12.5, bar: 7, font: 9, words: false };
}

/** More bars than this are no picture that a page could show: then fewer lanes are drawn. */
const MOST_BARS = 40_000;
/** What is narrower than a tenth of a unit is not drawn, so no lane has more bars than this. */
const LANE_BARS = 6000;

/** The lanes that are drawn: those that failed, then the first ones, as far as there is room. */
export function shownLanes({ lanes }: Model, most = MOST_LANES): readonly Lane[] {
  const weigh = ({ stretches }: Lane): number => Math.min(stretches.length, LANE_BARS);
  if (lanes.length <= most && lanes.reduce((sum, lane) => sum + weigh(lane), 0) <= MOST_BARS) return lanes;
  const kept = new Set<Lane>();
  let bars = 0;
  for (const lane of [...lanes.slice(0, 1), ...lanes.filter(({ ending }) => ending === 'failed'), ...lanes]) {
    if (kept.size >= most || (bars + weigh(lane) > MOST_BARS && kept.size > 0)) break;
    if (kept.has(lane)) continue;
    kept.add(lane);
    bars += weigh(lane);
  }
  return lanes.filter((lane) => kept.has(lane));
}
