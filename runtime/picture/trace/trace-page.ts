// The HTML that a trace shows in a notebook: the lanes as an image, the same as text for people who cannot see them,
// and the player, which replaces the image if scripts run. Without scripts the image shows everything.

import { byteLength } from '#host/bytes';
import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { imageOf, STILL } from '../draw/svg-image.ts';
import { hashOf, safe } from '../draw/svg-text.ts';
import type { FigureData } from '../lanes/figure-data.ts';
import { drawStill } from '../lanes/lane-document.ts';
import { shownLanes } from '../lanes/lane-layout.ts';
import { textOf } from '../lanes/lanes-text.ts';
import { type Summary, summaryOf } from '../lanes/summary.ts';
import { pack } from '../model/codec.ts';
import type { Model } from '../model/model.ts';
import { withRan } from '../model/ran.ts';
import type { Recording } from '../record/recording.ts';
import { figureScript } from './figure-script.ts';
import type { Looks } from './looks.ts';

/** The player has at most so many moments; a larger trace is thinned, and the player says so. */
const MOST_MOMENTS = 12_000;
/** At most so many files are shown, each at most so long. */
const MOST_SOURCES = 4;
const LONGEST_SOURCE = 20_000;

/** Where a figure stands. */
export interface Around {
  /** The moment at which the player opens; by default at the first step. */
  readonly at?: number;
  /** What stands above the lanes: as text, and as the HTML that the player puts in its place. */
  readonly above?: { readonly text: string; readonly html: string };
  /** Jupyter's number of the kernel that it may ask to stop; '' where there is none. */
  readonly kernel?: string;
  /** Whether it plays wherever it is put; else another figure of the notebook brings the player. */
  readonly alone?: boolean;
}

/** A trace as one HTML element. */
export function htmlOf(
  recording: Recording,
  plain: Model,
  { view, size }: Looks = {},
  { at = 0, above, alone = true, kernel = '' }: Around = {},
): string {
  const model = withRan(plain, recording.sourceOf);
  const lanes = shownLanes(model);
  const packed: FigureData = {
    ...pack({ ...model, lanes }, sourcesOf(recording, model), MOST_MOMENTS),
    summary: summaryOf(model, model.lanes.length - lanes.length),
    ...(view !== undefined && { view }),
    ...(size !== undefined && { size }),
    ...(above && { above: above.html }),
  };
  const data = JSON.stringify(packed);
  const id = hashOf(data + (at || ''));
  const text = textOf(model, 'beside');
  const script = model.lanes.length === 0 ? '' : figureScript({ id, data, at, brings: alone, stops: kernel !== '' });
  const head = above === undefined ? '' : `<pre class="ck-text ck-above">${safe(above.text)}</pre>`;
  const beside = above?.text ?? textOf(model, 'brief');
  const beyond = [script, text, head, beside].reduce((sum, one) => sum + byteLength(one), 0);
  const room = Math.min(STILL_ROOM, LIGHT - beyond);
  const still = stillOf(model, packed.summary, room, above !== undefined);
  return (
    `<figure class="ck ck-figure" data-ck="${id}"${kernel && ` data-kernel="${safe(kernel)}"`} tabindex="0" aria-label="What the coroutines did"><style>${STILL_RULES}</style>` +
    `${head}<div class="ck-scroll">${still}</div>` +
    `<details><summary>The same as text</summary><pre class="ck-text">${safe(text)}</pre></details>${script}</figure>\n`
  );
}

/** The bytes that a notebook stores of a figure, apart from what surrounds its parts; more only of huge traces. */
const LIGHT = 38_400;
/** The image alone: a figure that does not bring the player need not use all of that. */
const STILL_ROOM = 3_250;

/**
 * What the page needs before the player runs, and where it never does. The text is a pre and not a div because it must
 * keep its lines where styles are stripped, so here no style of the page may touch it.
 */
const STILL_RULES =
  '.ck-figure{margin:0}.ck-scroll{overflow:auto}.ck-scroll>img{max-width:100%!important;min-width:640px}' +
  `.ck-figure .ck-text{all:initial;display:block;overflow:auto;white-space:pre;font:12px ui-monospace,monospace;color:inherit}\n${STILL}`;

const WIDTH = 760;
/** What the image leaves out where there is no room for all; the text below has it, and so has the player. */
const LEFT_OUT = [
  {},
  { words: false },
  { words: false, bare: true },
  ...[24, 18, 12, 9, 6, 3, 2, 1].map((lanes) => ({ words: false, bare: true, lanes })),
];

/** The lanes without scripts, with as much in them as there is room for. */
function stillOf(model: Model, { title }: Summary, room: number, bare: boolean): string {
  const said = `${title}; the same as text is below`;
  let image = '';
  for (const left of LEFT_OUT) {
    image = imageOf(drawStill(model, { width: WIDTH, bare, ...left }), said);
    if (image.length <= room) break;
  }
  return image;
}

/** The texts of the files in which the tasks stand, if the host has them. */
function sourcesOf({ sourceOf }: Recording, { lanes, cancels }: Model): Record<string, string> {
  const files = new Set<string>();
  const add = (place: TracePlace | null | undefined): void => {
    if (place?.file !== undefined) files.add(place.file);
  };
  for (const { place, stretches } of lanes) {
    add(place);
    for (const stretch of stretches) {
      add(stretch.place);
      stretch.callers?.forEach(add);
    }
  }
  for (const { place } of cancels) add(place);
  const texts = [...files].flatMap((file) => {
    const text = sourceOf(file);
    return text === undefined || text.length > LONGEST_SOURCE ? [] : [[file, text] as const];
  });
  return Object.fromEntries(texts.slice(0, MOST_SOURCES));
}
