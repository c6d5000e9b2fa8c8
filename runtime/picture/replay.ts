// The animated figure: workers with hammers round a pole, from a real trace; beside it another run of the same work,
// on the same clock. It moves by SMIL, which works where scripts are stripped. A still of it serves print.

import { inspect } from 'node:util';
import { formatSeconds } from './axis.ts';
import { imageOf, STILL } from './image.ts';
import { fitted, safe, short, textWidth } from './markup.ts';
import type { Model } from './model.ts';
import { type PngOptions, toPng } from './png.ts';
import { STYLE } from './theme.ts';
import { Trace } from './traced.ts';
import { POLE, type Worker, workersOf } from './workers.ts';

/** How a replay is made. */
export interface ReplayOptions {
  /** Seconds that the longest run takes on the screen; default 8. */
  readonly seconds?: number;
}

const PANEL = { width: 360, height: 360 };
const GAP = 20;
/** At the end everybody rests, before it begins anew. */
const REST = 0.88;
/** A hammer rises in this part of the run, or faster where its next blow comes sooner. */
const RISE = 0.05;

/** Runs as workers with hammers; shows itself. */
export class Replay {
  private readonly runs: readonly Trace[];
  private readonly seconds: number;

  /** @internal */
  constructor(runs: readonly Trace[], { seconds = 8 }: ReplayOptions) {
    this.runs = runs;
    this.seconds = seconds;
  }

  /** The animated figure. */
  svg(): string {
    return drawn(
      this.runs.map(({ model }) => model),
      this.seconds,
    );
  }

  /** One instant of it, for print: the first blow of the last worker. */
  poster(): string {
    return drawn(
      this.runs.map(({ model }) => model),
      0,
    );
  }

  /** The poster as PNG. @throws Error where the optional package @resvg/resvg-js is not installed */
  png(options: PngOptions = {}): Uint8Array {
    return toPng(this.poster(), options);
  }

  /** Who struck how often, and how long it took. */
  toString(): string {
    return this.runs.map(({ model }) => saying(model)).join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const svg = this.svg();
    // Before the SVG for those who would show that inline, without its style.
    const html = `<style>${STILL}.ck-still{max-width:100%;height:auto}</style>${imageOf(svg, this.toString().replaceAll('\n', '; '))}`;
    return { 'text/html': html, 'image/svg+xml': svg, 'text/plain': this.toString() };
  }
}

/**
 * The chapter's figure from real traces: at any instant one hammer falls, yet the work of all goes on.
 * @example replay(await trace(oneAfterTheOther()), await trace(together()))
 */
export function replay(...given: [...Trace[], ReplayOptions] | Trace[]): Replay {
  const all: readonly (Trace | ReplayOptions)[] = given;
  const last = all.at(-1);
  const options = last === undefined || last instanceof Trace ? {} : last;
  const runs = all.filter((one): one is Trace => one instanceof Trace);
  if (runs.length === 0) throw new TypeError('replay: a trace was expected. Make one: replay(await trace(main()))');
  return new Replay(runs, options);
}

function secondsOf({ times }: Model): number {
  return times.at(-1) ?? 0;
}

function saying(model: Model): string {
  const { workers, more } = workersOf(model);
  const blows = workers.map(({ name, blows: own }) => `${name} ${own.length}`).join(', ');
  return `${title(model)}: ${formatSeconds(secondsOf(model))}, steps: ${blows}${more > 0 ? `, and ${more} more workers` : ''}`;
}

function title({ lanes }: Model): string {
  return lanes[0]?.name ?? 'nothing was traced';
}

function drawn(models: readonly Model[], seconds: number): string {
  const longest = Math.max(...models.map(secondsOf)) || 1;
  const width = models.length * PANEL.width + (models.length - 1) * GAP;
  const panels = models.map((model, at) => {
    const part = (secondsOf(model) || longest) / longest;
    return `<g transform="translate(${at * (PANEL.width + GAP)} 0)">${panel(model, part * REST, seconds)}</g>`;
  });
  return (
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" width="${width}" height="${PANEL.height}" role="img">` +
    `<title>Workers with hammers round a pole</title><desc>${safe(models.map(saying).join('. '))}. Only one hammer of a run falls at any instant.</desc>` +
    `<style>${STYLE}${RULES}</style><rect class="bg" width="${width}" height="${PANEL.height}" rx="8"/>${panels.join('')}</svg>`
  );
}

const RULES =
  '.ck .man{fill:var(--ck-wait);stroke:var(--ck-muted);stroke-width:2}.ck .stick{stroke:var(--ck-muted);fill:none;stroke-linecap:round}' +
  '.ck .iron{fill:var(--ck-muted)}.ck .at{fill:var(--ck-run);stroke:var(--ck-run)}.ck .at .iron{fill:var(--ck-run)}.ck .at .stick{stroke:var(--ck-run)}' +
  '.ck .earth{fill:var(--ck-panel);stroke:var(--ck-line)}.ck .wood{fill:var(--ck-ready);stroke:var(--ck-ready-edge)}';

/** One run; `part` is how much of the cycle it takes, `seconds` the length of the cycle, 0 for a still. */
function panel(model: Model, part: number, seconds: number): string {
  const { workers, more } = workersOf(model);
  const heading = fitted(title(model), PANEL.width - 120, 15);
  const time = formatSeconds(secondsOf(model));
  const bar = PANEL.width - 40;
  // As long as the run took of the longest.
  const took = (bar * part) / REST;
  const fill = moved(
    'width',
    [
      [0, '0'],
      [part, short(took)],
      [1, short(took)],
    ],
    seconds,
  );
  const still = Math.max(0, workers.length - 1);
  return (
    `<text x="20" y="28" font-size="15" font-weight="600">${safe(heading)}</text>` +
    `<text x="${PANEL.width - 20}" y="28" font-size="15" text-anchor="end">${time}</text>` +
    `<ellipse class="earth" cx="${POLE.x}" cy="${POLE.y + 36}" rx="160" ry="86"/>` +
    `<rect class="wood" x="${POLE.x - 9}" y="${POLE.y}" width="18" height="66" rx="3"/>` +
    `${[...workers.entries()]
      .sort(([, a], [, b]) => a.y - b.y)
      .map(([at, one]) => man(one, part, seconds, at === still))
      .join('')}` +
    `<rect class="earth" x="20" y="328" width="${bar}" height="8" rx="4"/><rect class="run" x="20" y="328" width="${seconds === 0 ? short(took) : 0}" height="8" rx="4">${fill}</rect>` +
    `<text class="m" x="20" y="352" font-size="11">${workers.length === 1 ? 'one worker, one hammer' : `${workers.length + more} workers, one hammer falls at a time`}</text>`
  );
}

function man(worker: Worker, part: number, seconds: number, still: boolean): string {
  const { x, y, name, blows, size } = worker;
  const side = x < POLE.x ? -1 : 1;
  const at = (dx: number, dy: number): string => `${short(x + side * dx * size)} ${short(y + dy * size)}`;
  const legs = `M${at(6, 52)}L${at(14, 24)}L${at(22, 52)}`;
  const arms = `M${at(14, 26)}L${at(13, -6)}L${short(x)} ${short(y)}`;
  const body =
    `<path class="stick" d="${legs}${arms}" stroke-width="${short(5 * size)}" stroke-linejoin="round"/>` +
    `<circle class="man" cx="${short(x + side * 14 * size)}" cy="${short(y - 20 * size)}" r="${short(9 * size)}"/>`;
  const lit: Frame[] = [[0, '0']];
  for (const [from, to] of blows) lit.push([from * part, '1'], [to * part, '0']);
  const shown = moved('opacity', [...lit, [1, '0']], seconds, 'discrete');
  const struck = hammer(worker, part, seconds, still);
  return (
    `<g>${body}${struck}<g class="at" opacity="${seconds === 0 && still ? 1 : 0}">${body}${struck}${shown}</g>` +
    `${nameOf(x + side * 14 * size, y + 66 * size, name)}</g>`
  );
}

function nameOf(x: number, y: number, name: string): string {
  const label = fitted(name, 96, 11);
  const half = textWidth(label, 11) / 2;
  const middle = Math.max(half + 6, Math.min(PANEL.width - half - 6, x));
  return `<text class="halo" x="${short(middle)}" y="${short(y)}" font-size="11" text-anchor="middle" style="stroke:var(--ck-panel)">${safe(label)}</text>`;
}

/** It falls in the first half of its step, lies until the step ends, and rises while others work. */
function hammer({ x, y, reach, hit, raised, blows }: Worker, part: number, seconds: number, still: boolean): string {
  const turn = (angle: number): string => `${short(angle)} ${short(x)} ${short(y)}`;
  const frames: Frame[] = [[0, turn(raised)]];
  for (const [at, [from, to]] of blows.entries()) {
    const next = blows[at + 1]?.[0] ?? 1;
    const up = Math.min(to + RISE, to + (next - to) * 0.8);
    frames.push(
      [from * part, turn(raised)],
      [((from + to) / 2) * part, turn(hit)],
      [to * part, turn(hit)],
      [up * part, turn(raised)],
    );
  }
  const angle = still && seconds === 0 ? hit : raised;
  const swing = moved('transform', [...frames, [1, turn(raised)]], seconds);
  return (
    `<g transform="rotate(${turn(angle)})"><path class="stick" d="M${short(x)} ${short(y)}h${short(reach)}" stroke-width="3.5"/>` +
    `<rect class="iron" x="${short(x + reach - 7)}" y="${short(y - 12)}" width="13" height="24" rx="3"/>${swing}</g>`
  );
}

type Frame = readonly [at: number, value: string];

/** A SMIL animation; times must not fall, and two values at one time would be a jump that some players refuse. */
function moved(attribute: string, frames: readonly Frame[], seconds: number, mode = 'linear'): string {
  if (seconds === 0) return '';
  const kept: [number, string][] = [];
  for (const [at, value] of frames) {
    const time = Math.min(1, Math.max(at, kept.at(-1)?.[0] ?? 0));
    kept.push([time, value]);
  }
  const times = kept.map(([at]) => String(Math.round(at * 1e5) / 1e5)).join(';');
  const values = kept.map(([, value]) => value).join(';');
  const common = `values="${values}" keyTimes="${times}" dur="${seconds}s" repeatCount="indefinite" calcMode="${mode}"`;
  return attribute === 'transform'
    ? `<animateTransform attributeName="transform" type="rotate" ${common}/>`
    : `<animate attributeName="${attribute}" ${common}/>`;
}
