// The piece of HTML that a trace shows in a notebook: the static lanes, their text for who cannot see them, and, where
// scripts run, the player that moves over them. Without scripts the SVG says it all.

import { drawLanes } from './lanes.ts';
import { hashOf, safe } from './markup.ts';
import type { Model } from './model.ts';
import type { Recording } from './recording.ts';
import { textOf } from './text.ts';

const FIGURE = [
  '.ck-figure{margin:0;max-width:1280px}',
  '.ck-scroll{overflow-x:auto}',
  '.ck-scroll>svg{display:block;width:100%;min-width:560px;height:auto}',
  '.ck-figure details{margin:4px 0 0 14px;font-size:12px}',
  '.ck-figure pre{overflow-x:auto;line-height:1.25}',
].join('');

/** Everything of a trace in one element. */
export function htmlOf(_recording: Recording, model: Model): string {
  const { svg } = drawLanes(model);
  const text = textOf(model);
  const id = `ck-${hashOf(svg)}`;
  return (
    `<figure class="ck-figure" id="${id}"><style>${FIGURE}</style><div class="ck-scroll">${svg}</div>` +
    `<details><summary>as text</summary><pre>${safe(text)}</pre></details></figure>`
  );
}
