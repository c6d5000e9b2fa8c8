// The HTML that a trace shows in a notebook: the lanes as an image, the same as text for people who cannot see them,
// and the player, which replaces the image if scripts run. Without scripts the image shows everything.

import { byteLength } from '#host/bytes';
import { playerScript } from '#host/player-script';
import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { packedText, READER } from '../draw/packed-text.ts';
import { imageOf, STILL } from '../draw/svg-image.ts';
import { hashOf, safe } from '../draw/svg-text.ts';
import type { FigureData } from '../lanes/figure-data.ts';
import { shownLanes } from '../lanes/lane-layout.ts';
import { drawStill } from '../lanes/lanes.ts';
import { textOf } from '../lanes/lanes-text.ts';
import { type Summary, summaryOf } from '../lanes/summary.ts';
import { pack } from '../model/codec.ts';
import type { Model } from '../model/model.ts';
import { withRan } from '../model/ran.ts';
import type { Recording } from '../record/recording.ts';
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
  /** How many bytes stand beside it in the same output. */
  readonly beside?: number;
}

/** A trace as one HTML element: any one figure plays alone, so each carries the player. */
export function htmlOf(
  recording: Recording,
  plain: Model,
  { view, size }: Looks = {},
  { at = 0, beside = 0 }: Around = {},
): string {
  const model = withRan(plain, recording.sourceOf);
  const lanes = shownLanes(model);
  const packed: FigureData = {
    ...pack({ ...model, lanes }, sourcesOf(recording, model), MOST_MOMENTS),
    summary: summaryOf(model, model.lanes.length - lanes.length),
    ...(view !== undefined && { view }),
    ...(size !== undefined && { size }),
  };
  const data = JSON.stringify(packed);
  const id = hashOf(data + (at || ''));
  const text = textOf(model, 'beside');
  const script = model.lanes.length === 0 ? '' : scriptOf(id, data, at);
  const texts = byteLength(text) + byteLength(textOf(model, 'brief'));
  const still = stillOf(model, packed.summary, LIGHT - script.length - texts - beside);
  return (
    `<figure class="ck ck-figure" data-ck="${id}" tabindex="0" aria-label="What the coroutines did"><style>${STILL_RULES}</style>` +
    `<div class="ck-scroll">${still}</div>` +
    `<details><summary>The same as text</summary><pre class="ck-text">${safe(text)}</pre></details>${script}</figure>\n`
  );
}

/** The bytes that a notebook stores of a figure, apart from what surrounds its parts; more only of huge traces. */
const LIGHT = 38_700;

/**
 * What the page needs before the player runs, and where it never does. The text is a pre and not a div because it must
 * keep its lines where styles are stripped, so here no style of the page may touch it.
 */
const STILL_RULES =
  '.ck-figure{margin:0}.ck-scroll{overflow-x:auto}.ck-scroll>img{max-width:100%!important;min-width:640px}' +
  `.ck-figure .ck-text{all:initial;display:block;overflow-x:auto;white-space:pre;padding:6px 0;font:12px/1.3 ui-monospace,Menlo,Consolas,monospace;color:inherit}\n${STILL}`;

/** The script is added as an element: pages that forbid eval allow what they have inline. */
function scriptOf(id: string, data: string, at: number): string {
  return (
    `<script>(async function(){var read=${READER},page=document,script=page.createElement("script");\n` +
    `script.textContent=await read(${player()});page.head.append(script);script.remove();\n` +
    `ckPlayer.boot("${id}",JSON.parse(await read(${packedText(data)}))${at > 0 ? `,${at}` : ''})})()</script>`
  );
}

let packedPlayer: string | undefined;

function player(): string {
  packedPlayer ??= packedText(playerScript());
  return packedPlayer;
}

const WIDTH = 760;
/** What the image leaves out where there is no room for all; the text below has it, and so has the player. */
const LEFT_OUT = [{}, { words: false }, ...[24, 18, 12, 9, 6, 3, 2, 1].map((lanes) => ({ words: false, lanes }))];

/** The lanes without scripts, with as much in them as there is room for. */
function stillOf(model: Model, { title }: Summary, room: number): string {
  const said = `${title}; the same as text is below`;
  let image = '';
  for (const left of LEFT_OUT) {
    image = imageOf(drawStill(model, { width: WIDTH, ...left }), said);
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
