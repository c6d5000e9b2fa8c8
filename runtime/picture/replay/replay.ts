// The animated figure, made from real traces: workers with hammers round a pole, and beside them another run of the
// same work on the same clock. It moves by SMIL, which works where scripts are stripped. For print there is a still of
// it.

import { inspect } from 'node:util';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import { type PngOptions, toPng } from '../draw/png.ts';
import { pictureOf, STILL } from '../draw/svg-image.ts';
import { safe } from '../draw/svg-text.ts';
import { STYLE } from '../draw/theme.ts';
import { formatSeconds } from '../lanes/axis.ts';
import type { Model } from '../model/model.ts';
import { Trace } from '../trace/traced.ts';
import { lengthOf, PANEL, panel, SCENE_RULES, titleOf } from './scene.ts';
import { workersOf } from './workers.ts';

/** How a replay is made. */
export interface ReplayOptions {
  /** How many seconds the longest run takes on the screen; default 8. */
  readonly seconds?: number;
}

const GAP = 20;
/** The width of one run on a wide page, in pixels. */
const WIDEST = 460;
/** In a narrower window the runs stand below each other. */
const NARROW = '(max-width:640px)';
const CALM = '(prefers-reduced-motion:reduce)';

/** One or several runs as workers with hammers; shows itself in a notebook. */
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
    return this.drawn(this.seconds);
  }

  /** One instant of the figure, for print: the first blow of the last worker. */
  poster(): string {
    return this.drawn(0);
  }

  private drawn(seconds: number, stacked = false): string {
    return drawn(
      this.runs.map(({ model }) => model),
      seconds,
      stacked,
    );
  }

  /** The poster as PNG. @throws Error if the optional package @resvg/resvg-js is not installed */
  png(options: PngOptions = {}): Uint8Array {
    return toPng(this.poster(), options);
  }

  /** How many blows each worker struck, and how long the run took. */
  toString(): string {
    return this.runs.map(({ model }) => saying(model)).join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const svg = this.svg();
    // HTML comes first: some front ends would show the SVG inline, without its style.
    return { 'text/html': this.html(svg), 'image/svg+xml': svg, 'text/plain': this.toString() };
  }

  /** An image, which moves even where scripts and styles are stripped; the page takes one of four drawings. */
  private html(svg: string): string {
    const choices = [
      { svg: this.drawn(0, true), media: `${CALM} and ${NARROW}` },
      { svg: this.poster(), media: CALM },
      { svg: this.drawn(this.seconds, true), media: NARROW },
      { svg },
    ];
    const size = `.ck-replay .ck-still{display:block;width:100%;height:auto;max-width:${this.runs.length * WIDEST}px}@media ${NARROW}{.ck-replay .ck-still{max-width:${WIDEST}px}}`;
    return `<div class="ck-replay"><style>${STILL}${size}</style>${pictureOf(choices, this.toString().replaceAll('\n', '; '))}</div>`;
  }
}

/**
 * The chapter's figure, made from real traces: one hammer falls at a time, yet everybody's work goes on.
 * @example replay(await trace(oneAfterTheOther()), await trace(together()))
 */
export function replay(...args: [...Trace[], ReplayOptions] | Trace[]): Replay {
  const all: readonly (Trace | ReplayOptions)[] = args;
  const last = all.at(-1);
  const options = last === undefined || last instanceof Trace ? {} : last;
  const runs = all.filter((one): one is Trace => one instanceof Trace);
  if (all.some(isCoroutine))
    throw new TypeError(
      'replay: a trace was expected, got a coroutine. Write await in front: replay(await trace(main()))',
    );
  if (runs.length === 0) throw new TypeError('replay: a trace was expected. Make one: replay(await trace(main()))');
  return new Replay(runs, options);
}

function saying(model: Model): string {
  const { workers, more } = workersOf(model);
  const blows = workers.map(({ name, blows: own }) => `${name} ${own.length}`).join(', ');
  return `${titleOf(model)}: ${formatSeconds(lengthOf(model))}, steps: ${blows}${more > 0 ? `, and ${more} more workers` : ''}`;
}

/** Draws the runs side by side, or one below the other. */
function drawn(models: readonly Model[], seconds: number, stacked = false): string {
  const longest = Math.max(...models.map(lengthOf)) || 1;
  const [right, down] = stacked ? [0, PANEL.height] : [PANEL.width + GAP, 0];
  const width = PANEL.width + (models.length - 1) * right;
  const height = PANEL.height + (models.length - 1) * down;
  const panels = models.map(
    (model, at) => `<g transform="translate(${at * right} ${at * down})">${panel(model, { seconds, longest })}</g>`,
  );
  return (
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">` +
    `<title>Workers with hammers round a pole</title><desc>${safe(models.map(saying).join('. '))}. Only one hammer of a run falls at any instant.</desc>` +
    `<style>${STYLE}${SCENE_RULES}</style><rect class="bg" width="${width}" height="${height}" rx="8"/>${panels.join('')}</svg>`
  );
}
