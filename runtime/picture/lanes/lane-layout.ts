// Where everything of the lanes lies: rows, their height by how many there are, the axis, which bars are seen.
// What it looks like is in lanes.ts.

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
  /** Names stand above their bars, for there is no room beside them. */
  readonly stacked: boolean;
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
  /** The middle of the strip that shows the loop; undefined where there is none. */
  readonly strip: number | undefined;
  readonly rows: readonly Row[];
  readonly notes: readonly (readonly Line[])[];
}

/** How the lanes are laid out. */
export interface LayoutOptions {
  /** In units of the viewBox; default 820. */
  readonly width?: number;
  /** How much of it is seen at once; default all. Below 480 names stand above their bars. */
  readonly window?: number;
  /** At most so many lanes, the ones that failed first among them; default 1000. */
  readonly lanes?: number;
}

const WIDTH = 820;
/** Names take a third of a picture that is narrower: then they stand above. */
const NARROW = 480;
const MOST_LANES = 1000;
/** Forgotten coroutines that get a row; the notes count them all. */
const MOST_LOST = 20;
const GUTTER = 26;
const INDENT = 12;
const NAMES = [84, 216] as const;

/** Measures a model's lanes. */
export function layOut(model: Model, texts: Texts, options: LayoutOptions = {}): Layout {
  const { width = WIDTH, window = width, lanes: most = MOST_LANES } = options;
  const shown = shownLanes(model, most);
  const count = shown.length + Math.min(MOST_LOST, model.forgotten.length);
  const size = sizeFor(count, window < NARROW);
  const left = size.stacked ? MARGIN : namesWidth(model, shown, size, window) + 28;
  const head = headOf(texts, window, left);
  const loop = shown.length > 0 ? Math.max(22, size.row) : 0;
  const top = head.bottom + 8 + loop;
  const middle = size.stacked ? size.row - size.bar / 2 - 4 : size.row / 2;
  const rows: Row[] = [
    ...shown.map((lane) => ({ lane })),
    ...model.forgotten.slice(0, MOST_LOST).map((lost) => ({ lost })),
  ].map((row, at) => ({ ...row, y: top + size.row * at + middle }));
  const bottom = top + size.row * rows.length;
  const notes = notesBelow(texts.notes, bottom + (loop === 0 ? 16 : 30), window);
  const last = notes.at(-1)?.at(-1)?.y;
  return {
    ...{ model, width, window, left, top, bottom, head, size, rows, notes },
    strip: loop === 0 ? undefined : head.bottom + 8 + (size.stacked ? middle : loop / 2),
    height: last === undefined ? bottom + 18 : last + 14,
    axis: axisOf(model, width - left - GUTTER),
  };
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
  if (rows <= 14) return { row: 32, bar: 18, font: 12.5, ...rest };
  if (rows <= 45) return { row: 23, bar: 15, font: 11.5, ...rest };
  if (rows <= 130) return { row: 16, bar: 10, font: 10.5, ...rest };
  return { row: 13, bar: 7, font: 9.5, ...rest };
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
