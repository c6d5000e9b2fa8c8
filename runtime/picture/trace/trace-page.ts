// The HTML that a trace shows in a notebook: the lanes as an image, the same as text for people who cannot see them,
// and the player, which replaces the image if scripts run. Without scripts the image shows everything.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { FIGURE } from '../draw/figure.ts';
import { playerScript } from '../draw/player-script.ts';
import { pictureOf } from '../draw/svg-image.ts';
import { hashOf, safe } from '../draw/svg-text.ts';
import { STYLE } from '../draw/theme.ts';
import { shownLanes } from '../lanes/lane-layout.ts';
import { drawSheets } from '../lanes/lanes.ts';
import { textOf } from '../lanes/lanes-text.ts';
import { headline } from '../lanes/words.ts';
import { pack } from '../model/codec.ts';
import type { Model } from '../model/model.ts';
import type { Recording } from '../record/recording.ts';

/** The player has at most so many moments; a larger trace is thinned, and the player says so. */
const MOST_MOMENTS = 12_000;
/** At most so many files are shown, each at most so long. */
const MOST_SOURCES = 4;
const LONGEST_SOURCE = 20_000;

/** A trace as one HTML element; the player opens at the moment `at`. */
export function htmlOf(recording: Recording, model: Model, at = 0): string {
  const still = stillOf(model);
  const id = hashOf(still + model.times.length + (at || ''));
  const lanes = shownLanes(model);
  const packed = pack(
    { ...model, lanes, hidden: model.lanes.length - lanes.length },
    sourcesOf(recording, model),
    MOST_MOMENTS,
  );
  // Escapes what could end the script element or break a line of the script.
  const data = JSON.stringify(packed).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const script =
    model.lanes.length === 0
      ? ''
      : `<script>(function(){${playerScript()};ckPlayer.boot("${id}",${data}${at > 0 ? `,${at}` : ''})})()</script>`;
  return (
    `<figure class="ck ck-figure" data-ck="${id}" tabindex="0" aria-label="What the coroutines did"><style>${STYLE}${FIGURE}</style>` +
    `<div class="ck-scroll">${still}</div>` +
    `<details><summary>as text</summary><pre>${safe(textOf(model))}</pre></details>${script}</figure>`
  );
}

/** Up to so many bars there is a drawing for a phone too, and one for a column between phone and page. */
const MOST_BARS = { phone: 6000, column: 150 } as const;
const PHONE = { width: 320, media: '(max-width:600px)' } as const;
const COLUMN = { width: 600 } as const;
const PAGE = { width: 960, media: '(min-width:1000px)' } as const;
/** A crowded picture has small letters, so wider windows too get the drawing for a phone. */
const SMALL = { width: 320, media: '(max-width:720px)' } as const;
const CROWD = { width: 720 } as const;
/** A taller picture is in two pieces, so that its axis stays visible. */
const TALL = 640;

/** The lanes without scripts. Only a script could measure the page, so there are several drawings to choose from. */
function stillOf(model: Model): string {
  const bars = model.lanes.reduce((sum, { stretches }) => sum + stretches.length, 0);
  const kinds = bars <= MOST_BARS.column ? [PHONE, PAGE, COLUMN] : bars <= MOST_BARS.phone ? [SMALL, CROWD] : [CROWD];
  const sheets = kinds.map(({ width, ...media }) => ({ ...media, ...drawSheets(model, { width, titles: false }) }));
  const one = (piece: 'whole' | 'upper' | 'lower', said: string): string =>
    pictureOf(
      sheets.map((sheet) => ({ ...sheet, svg: sheet[piece] })),
      said,
    );
  const said = `${headline(model)}; as text below`;
  const kind = kinds.length < 3 ? 'ck-view ck-crowd' : 'ck-view';
  return sheets.every(({ layout }) => layout.height <= TALL)
    ? `<div class="${kind}">${one('whole', said)}</div>`
    : `<div class="${kind}"><div class="ck-axis">${one('upper', '')}</div><div>${one('lower', said)}</div></div>`;
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
