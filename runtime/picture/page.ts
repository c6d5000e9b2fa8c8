// The piece of HTML that a trace shows in a notebook: the lanes as an image, their text for who cannot see them, and,
// where scripts run, the player, which puts moving lanes in the image's place. Without scripts the image says it all.

import type { TracePlace } from '../asyncio/trace.ts';
import { pack } from './codec.ts';
import { FIGURE } from './figure.ts';
import { imageOf } from './image.ts';
import { drawLanes } from './lanes.ts';
import { shownLanes } from './layout.ts';
import { hashOf, safe } from './markup.ts';
import type { Model } from './model.ts';
import type { Recording } from './recording.ts';
import { playerScript } from './script.ts';
import { textOf } from './text.ts';
import { headline } from './words.ts';

/** The player steps over so many moments at most; larger traces are thinned, with a note. */
const MOST_MOMENTS = 12_000;
/** So many files are shown, each so long at most. */
const MOST_SOURCES = 4;
const LONGEST_SOURCE = 20_000;

/** Everything of a trace in one element. */
export function htmlOf(recording: Recording, model: Model): string {
  const { svg } = drawLanes(model);
  const id = hashOf(svg + model.times.length);
  const lanes = shownLanes(model);
  const packed = pack(
    { ...model, lanes, hidden: model.lanes.length - lanes.length },
    sourcesOf(recording, model),
    MOST_MOMENTS,
  );
  // What could end the script element, or be no line of a script, is escaped.
  const data = JSON.stringify(packed).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const script =
    model.lanes.length === 0 ? '' : `<script>(function(){${playerScript()};ckPlayer.boot("${id}",${data})})()</script>`;
  return (
    `<figure class="ck ck-figure" data-ck="${id}" tabindex="0" aria-label="What the coroutines did"><style>${FIGURE}</style>` +
    `<div class="ck-scroll">${imageOf(svg, `${headline(model)}; as text below`)}</div>` +
    `<details><summary>as text</summary><pre>${safe(textOf(model))}</pre></details>${script}</figure>`
  );
}

/** The texts of the files in which the tasks stand, as far as the host has them. */
function sourcesOf({ sourceOf }: Recording, { lanes }: Model): Record<string, string> {
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
  const texts = [...files].flatMap((file) => {
    const text = sourceOf(file);
    return text === undefined || text.length > LONGEST_SOURCE ? [] : [[file, text] as const];
  });
  return Object.fromEntries(texts.slice(0, MOST_SOURCES));
}
