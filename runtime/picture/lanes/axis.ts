// Where a moment lies on the picture's axis. Time is to scale, but each step has a least width; otherwise nobody could
// see a step of 20 µs between two sleeps of a second, or a step under the virtual clock, which takes no time at all.

import { textWidth } from '../draw/svg-text.ts';
import type { Model } from '../model/model.ts';

/** A time on the axis, with its label. */
export interface Tick {
  readonly x: number;
  readonly label: string;
}

/** Maps moments to places from 0 to `width`. */
export interface Axis {
  readonly width: number;
  x(moment: number): number;
  readonly ticks: readonly Tick[];
}

/** Each step takes up this part of the axis, as long as all steps together take up no more than SHARE. */
const STEP = 0.013;
const SHARE = 0.45;
/** An idle gap takes up at most this part of the busy time. */
const PAUSE = 0.04;
/** Units between two ticks, if the labels have room. */
const EVERY = 80;
const TICKS = [3, 12] as const;
/** The font size of the labels, and how much stays free between two labels and to the right of the axis. */
export const TICK_FONT = 11;
const BETWEEN = 14;
const BEYOND = 20;

/** Lays the model's moments out over `width` units; each step takes up at least the part `least` of them. */
export function axisOf(model: Model, width: number, least = STEP): Axis {
  const times = shortened(model);
  const last = times.length - 1;
  const steps = progressOf(model);
  const count = steps[last] ?? 0;
  const seconds = times[last] ?? 0;
  const share = seconds > 0 ? Math.min(SHARE, count * least) : 1;
  const x = (moment: number): number => {
    const at = Math.max(0, Math.min(last, moment));
    if (seconds === 0 && count === 0) return last === 0 ? 0 : (width * at) / last;
    const stepped = count === 0 ? 0 : (share * (steps[at] ?? 0)) / count;
    return width * (stepped + (seconds === 0 ? 0 : ((1 - share) * (times[at] ?? 0)) / seconds));
  };
  return { width, x, ticks: ticksOf(model.times, seconds, x, width) };
}

/** How many steps were complete at each moment; the records within a step count as equal parts of it. */
function progressOf({ lanes, times }: Model): Float64Array {
  const gained = new Float64Array(times.length);
  for (const { stretches } of lanes) {
    for (const { state, from, to } of stretches) {
      if (state !== 'running') continue;
      for (let at = from; at < to; at++) gained[at + 1] = 1 / (to - from);
    }
  }
  for (let at = 1; at < gained.length; at++) gained[at] = (gained[at] ?? 0) + (gained[at - 1] ?? 0);
  return gained;
}

/** Time as it is drawn: a gap in which no task is alive, as between two cells, takes up little room. */
function shortened({ times, lanes }: Model): Float64Array {
  const living = new Int32Array(times.length + 1);
  for (const { from, to } of lanes) {
    living[from] = (living[from] ?? 0) + 1;
    living[to] = (living[to] ?? 0) - 1;
  }
  const gaps: number[] = [];
  let busy = 0;
  for (let at = 0, alive = 0; at + 1 < times.length; at++) {
    alive += living[at] ?? 0;
    const gap = (times[at + 1] ?? 0) - (times[at] ?? 0);
    gaps.push(alive > 0 ? gap : -gap);
    if (alive > 0) busy += gap;
  }
  const drawn = new Float64Array(times.length);
  for (const [at, gap] of gaps.entries()) {
    drawn[at + 1] = (drawn[at] ?? 0) + (gap >= 0 ? gap : Math.min(-gap, busy * PAUSE));
  }
  return drawn;
}

function ticksOf(times: Float64Array, drawn: number, x: (moment: number) => number, width: number): Tick[] {
  const last = times.length - 1;
  const seconds = times[last] ?? 0;
  const every = niceStep(drawn / Math.max(TICKS[0], Math.min(TICKS[1], width / EVERY)));
  const unit = unitOf(seconds, every);
  const ticks: Tick[] = last === 0 ? [] : [{ x: 0, label: '0' }];
  if (drawn === 0) return ticks;
  let taken = halfOf('0');
  for (let n = 1, moment = 0; n * every <= seconds * 1.000001; n++) {
    const time = n * every;
    while (moment < last && (times[moment] ?? 0) < time - 1e-12) moment++;
    const here = between(times, x, moment, time);
    const label = exactly(time, unit);
    const half = halfOf(label);
    if (here - half >= taken + BETWEEN && here + half <= width + BEYOND) {
      ticks.push({ x: here, label });
      taken = here + half;
    }
    // Skips a long gap at once: the ticks of an idle hour would all stand in one place.
    if (x(moment) - here < 1) n = Math.max(n, Math.floor((times[moment] ?? 0) / every) - 1);
  }
  return ticks;
}

function halfOf(label: string): number {
  return textWidth(label, TICK_FONT) / 2;
}

function between(times: Float64Array, x: (moment: number) => number, moment: number, time: number): number {
  const [before, after] = [times[moment - 1] ?? 0, times[moment] ?? 0];
  if (moment === 0 || after <= before) return x(moment);
  const part = Math.min(1, Math.max(0, (time - before) / (after - before)));
  return x(moment - 1) + part * (x(moment) - x(moment - 1));
}

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
/** The steps in which people count, from ten seconds to a day. */
const STEPS = [
  ...[10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  DAY,
];

/** The next of 1, 2, 5 × a power of ten in seconds or days, and for minutes and hours the next that a clock shows. */
function niceStep(least: number): number {
  if (!(least > 0)) return 1;
  const step = least > 5 ? STEPS.find((one) => one >= least * 0.999) : undefined;
  if (step !== undefined) return step;
  const unit = least > DAY ? DAY : 1;
  const power = 10 ** Math.floor(Math.log10(least / unit));
  const found = [1, 2, 5, 10].find((factor) => factor * power * unit >= least * 0.999) ?? 10;
  return found * power * unit;
}

/** Seconds in the unit that fits: `250 µs`, `1.5 ms`, `0.5 s`, `3 min 20 s`, `1 h 23 min 20 s`, `2 d 3 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return small(seconds);
  return clock(seconds < DAY ? Math.round(seconds) : Math.round(seconds / HOUR) * HOUR);
}

/** One unit for all ticks below a minute; otherwise `90 ms` would stand beside `0.1 s`. */
function unitOf(seconds: number, every: number): readonly [number, string] {
  if (seconds >= 1 || every >= 0.1) return [1, 's'];
  return seconds >= 1e-3 || every >= 1e-4 ? [1e3, 'ms'] : [1e6, 'µs'];
}

/** A tick's time with all its digits: after an idle hour two ticks may be half a second apart. */
function exactly(seconds: number, [factor, unit]: readonly [number, string]): string {
  const clean = Number(seconds.toPrecision(12));
  return clean < MINUTE ? `${Number((clean * factor).toPrecision(9))} ${unit}` : clock(clean);
}

function small(seconds: number): string {
  if (seconds === 0) return '0 s';
  if (seconds < 0.0009995) return `${round(seconds * 1e6)} µs`;
  if (seconds < 0.0995) return `${round(seconds * 1e3)} ms`;
  return `${round(seconds)} s`;
}

function clock(seconds: number): string {
  const parts = [
    [Math.floor(seconds / DAY), 'd'],
    [Math.floor((seconds % DAY) / HOUR), 'h'],
    [Math.floor((seconds % HOUR) / MINUTE), 'min'],
    [Number((seconds % MINUTE).toFixed(6)), 's'],
  ] as const;
  return parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value} ${unit}`])).join(' ');
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
