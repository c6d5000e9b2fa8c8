// The animated figure, made from real traces: workers with hammers round a pole, and beside them another run of the
// same work on the same clock. It moves by SMIL, which works where scripts are stripped. For print there is a still of
// it.

import { inspect } from '#host/inspection';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import { type PngOptions, toPng } from '../draw/png.ts';
import { imageOf, STILL } from '../draw/svg-image.ts';
import { imageStyle } from '../draw/svg-style.ts';
import { hashOf, safe } from '../draw/svg-text.ts';
import { writeReplay } from '../export/file.ts';
import { formatSeconds } from '../lanes/axis.ts';
import type { Model } from '../model/model.ts';
import { Trace } from '../trace/traced.ts';
import { bodyOf, lengthOf, PANEL, panel, SCENE_RULES, titleOf } from './scene.ts';
import { workersOf } from './workers.ts';

/** How a replay is made. */
export interface ReplayOptions {
  /** How many seconds the longest run takes on the screen; default 8. */
  readonly seconds?: number;
}

const GAP = 20;
/** The width of one run on a wide page, in pixels. */
const WIDEST = 460;
/** Takes the movement out of the images: within an image no browser asks what the person prefers. */
const CALMED =
  '<script>if(matchMedia("(prefers-reduced-motion:reduce)").matches)document.querySelectorAll(".ck-replay img").forEach(' +
  'i=>{i.src=i.src.replace(/%3Canimate.*?\\/%3E/gs,"")})</script>';

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

  private drawn(seconds: number, id?: string): string {
    return drawn(
      this.runs.map(({ model }) => model),
      seconds,
      id,
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
    return { 'text/html': this.html(), 'text/plain': this.toString() };
  }

  /** An image, which moves even where scripts and styles are stripped. It stands still for those who prefer that. */
  html(): string {
    const said = this.toString().replaceAll('\n', '; ');
    const width = this.runs.length * WIDEST;
    const rules = `.ck-replay{overflow-x:auto}.ck-replay .ck-still{width:100%;max-width:${width}px!important;min-width:600px}`;
    return `<div class="ck-replay"><style>${STILL}${rules}</style>\n${imageOf(
      // An image is a document of its own, where any name will do.
      this.drawn(this.seconds, 'w')
        .replace(/ role="img"><title>.*?<\/desc>/, '>')
        .replaceAll('.ck .', '.'),
      said,
    )}\n${CALMED}</div>\n`;
  }

  /** Writes a file: .svg, .png, or .html. @throws TypeError for any other extension */
  save(path: string): void {
    writeReplay(this, path);
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

/** Draws the runs side by side. Ids begin with `id`, which must differ between the pictures of one page. */
function drawn(models: readonly Model[], seconds: number, id = hashOf(models.map(saying).join())): string {
  const longest = Math.max(...models.map(lengthOf)) || 1;
  const right = PANEL.width + GAP;
  const width = PANEL.width + (models.length - 1) * right;
  const { height } = PANEL;
  const panels = models.map(
    (model, at) =>
      `<g transform="translate(${at * right} 0)">${panel(model, { seconds, longest }, id, `${id}-${at}`)}</g>`,
  );
  return (
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">` +
    `<title>Workers with hammers round a pole</title><desc>${safe(models.map(saying).join('. '))}. Only one hammer of a run falls at any instant.</desc>` +
    `<style>${imageStyle(`class="bg run m" ${panels.join('')}${SCENE_RULES}`)}${SCENE_RULES}</style><rect class="bg" width="${width}" height="${height}" rx="8"/>${bodyOf(id)}${panels.join('')}</svg>`
  );
}
