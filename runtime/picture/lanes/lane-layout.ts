// Where everything in the picture of lanes lies: the rows and their heights, the axis, and which bars are visible.
// lanes.ts decides what it looks like.

import { textWidth } from '../draw/svg-text.ts';
import type { Lane, Model, Stretch } from '../model/model.ts';
import type { Lost } from '../record/recording.ts';
import { type Axis, axisOf } from './axis.ts';
import { type Head, headOf, type Line, MARGIN, notesBelow, type Texts } from './caption.ts';

/** The sizes of a row. */
export interface Size {
  readonly row: number;
  readonly bar: number;
  readonly font: number;
  /** Whether there is room for words on the bars, for the lines of spawning, and for a title on each bar. */
  readonly words: boolean;
  /** True if names stand above their bars because there is no room beside them. */
  readonly stacked: boolean;
}

/** The row of a lane or of a forgotten coroutine. */
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
  readonly window: number;
  readonly height: number;
  /** The left end of the axis. */
  readonly left: number;
  /** The top of the first row. */
  readonly top: number;
  /** The bottom of the last. */
  readonly bottom: number;
  readonly head: Head;
  readonly axis: Axis;
  readonly size: Size;
  /** The middle of the strip that shows the loop; undefined if there is none. */
  readonly strip: number | undefined;
  readonly rows: readonly Row[];
  readonly notes: readonly (readonly Line[])[];
}

/** How the lanes are laid out. */
export interface LayoutOptions {
  /** In units of the viewBox; default 820. */
  readonly width?: number;
  /** How much of the width is visible at once; default all. Below 480, names stand above their bars. */
  readonly window?: number;
  /** The largest number of lanes; default 1000. Failed tasks take precedence. */
  readonly lanes?: number;
  /** False: no words on the bars. */
  readonly words?: boolean;
  /** False: no strip of the loop above the lanes. */
  readonly loop?: boolean;
}

const WIDTH = 820;
/** In a narrower picture names would take up a third of the width, so they stand above the bars. */
const NARROW = 480;
const MOST_LANES = 1000;
/** How many forgotten coroutines get a row; the notes count all of them. */
const MOST_LOST = 20;
const GUTTER = 26;
const INDENT = 12;
const NAMES = [84, 216] as const;

/** Lays out a model's lanes. */
export function layOut(model: Model, texts: Texts, options: LayoutOptions = {}): Layout {
  const { width = WIDTH, window = width, lanes: most = MOST_LANES } = options;
  const shown = shownLanes(model, most);
  const count = shown.length + Math.min(MOST_LOST, model.forgotten.length);
  const fitting = sizeFor(count, window < NARROW);
  const size = { ...fitting, words: fitting.words && options.words !== false };
  const left = size.stacked ? MARGIN : namesWidth(model, shown, size, window) + 28;
  const head = headOf(texts, window, left);
  const loop = shown.length > 0 && options.loop !== false ? (size.stacked ? size.row : 22) : 0;
  const top = head.bottom + 8 + loop;
  const middle = size.stacked ? size.row - size.bar / 2 - 4 : size.row / 2;
  const rows: Row[] = [
    ...shown.map((lane) => ({ lane })),
    ...model.forgotten.slice(0, MOST_LOST).map((lost) => ({ lost })),
  ].map((row, at) => ({ ...row, y: top + size.row * at + middle }));
  const bottom = top + size.row * rows.length;
  const notes = notesBelow(texts.notes, bottom + (loop === 0 ? 16 : 26), window);
  const last = notes.at(-1)?.at(-1)?.y;
  return {
    ...{ model, width, window, left, top, bottom, head, size, rows, notes },
    strip: loop === 0 ? undefined : head.bottom + 8 + (size.stacked ? middle : loop / 2),
    height: last === undefined ? bottom + 15 : last + 10,
    axis: axisOf(model, width - left - GUTTER),
  };
}

/** How far the name of a lane is indented. */
export function indentOf({ depth }: Lane): number {
  return Math.min(depth, 6) * INDENT;
}

/** The bars of a lane that are wide enough to be seen: at least a tenth of a unit. */
export function barsOf({ axis, left }: Layout, lane: Lane): { stretch: Stretch; x: number; width: number }[] {
  return lane.stretches.flatMap((stretch) => {
    const x = axis.x(stretch.from);
    const width = axis.x(stretch.to) - x;
    return width < 0.1 ? [] : [{ stretch, x: left + x, width }];
  });
}

function namesWidth(model: Model, shown: readonly Lane[], { font }: Size, width: number): number {
  const lost = model.forgotten.slice(0, MOST_LOST);
  const wanted = Math.max(
    NAMES[0],
    ...shown.map((lane) => indentOf(lane) + textWidth(lane.name, font)),
    ...lost.map(({ name }) => textWidth(`${name}()`, font)),
  );
  return Math.ceil(Math.min(NAMES[1], Math.max(width * 0.3, Math.min(NAMES[0], width * 0.45)), wanted));
}

function sizeFor(rows: number, narrow: boolean): Size {
  if (narrow && rows <= 45) return { row: 42, bar: 17, font: 12.5, words: true, stacked: true };
  const rest = { words: rows <= 45, stacked: false };
  if (narrow) return { row: 16, bar: 9, font: 11, ...rest };
  if (rows <= 14) return { row: 26, bar: 16, font: 12.5, ...rest };
  if (rows <= 45) return { row: 23, bar: 15, font: 11.5, ...rest };
  if (rows <= 130) return { row: 16, bar: 10, font: 10.5, ...rest };
  return { row: 13, bar: 7, font: 9.5, ...rest };
}

/** A page cannot show a picture with more bars than this: then fewer lanes are drawn. */
const MOST_BARS = 40_000;
/** Bars narrower than a tenth of a unit are not drawn, so no lane has more bars than this. */
const LANE_BARS = 6000;

/** The lanes that are drawn: the failed ones, then the first ones, as many as there is room for. */
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
