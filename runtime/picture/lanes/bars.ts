// The bars of the lanes: hollow, solid or hatched, with words if there is room; forgotten coroutines as dashed
// outlines.

import { safe, short, textWidth } from '../draw/svg-text.ts';
import type { Lane, State, Stretch } from '../model/model.ts';
import { CLASSES } from './heading.ts';
import { barsOf, type Layout, type Row } from './lane-layout.ts';
import { endingWords, lostWords, type NameOf, placeWords, stretchWords, waitWords } from './words.ts';

/** The order of painting. Among many tasks a step is very thin, so running goes on top. */
export const PAINTED: readonly State[] = ['suspended', 'created', 'ready', 'running'];

export function hatching(id: string): string {
  return (
    `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    '<rect class="hb" width="6" height="6"/><path class="hl" d="M1.5 0v6" stroke-width="1.6"/></pattern>'
  );
}

/** A lane in words, for its tooltip. */
export function laneTitle(lane: Lane): string {
  const { name, place } = lane;
  const whose = place === null || name.startsWith(place.name) ? '' : ` (${place.name})`;
  return `${name}${whose}: ${endingWords(lane)}`;
}

/** A lane as bars; if `name` is given, each bar has a tooltip. */
export function barLane(layout: Layout, { y }: Row, lane: Lane, hatch: string, name: NameOf | undefined): string {
  const { bar } = layout.size;
  const bars = barsOf(layout, lane).map(({ stretch, x, width }) => {
    const fill = stretch.state === 'suspended' ? ` fill="url(#${hatch})"` : '';
    const rounding = Math.min(3, width / 2);
    const title =
      name === undefined ? '' : `<title>${safe(`${lane.name} ${stretchWords(layout.model, stretch, name)}`)}</title>`;
    const box = `<rect class="${CLASSES[stretch.state]}"${fill} x="${short(x)}" y="${short(y - bar / 2)}" width="${short(Math.max(0.4, width))}" height="${bar}" rx="${short(rounding)}"`;
    return title === '' ? `${box}/>` : `${box}>${title}</rect>`;
  });
  return `<g class="lane" data-task="${lane.task}"><g class="bars">${bars.join('')}</g></g>`;
}

/** A lane as one path per state, which keeps a picture of a thousand lanes small. */
export function lineLane(layout: Layout, { y }: Row, lane: Lane, hatch: string): string {
  const { bar } = layout.size;
  const paths = new Map<State, string>();
  for (const { stretch, x, width } of barsOf(layout, lane)) {
    const wide = short(Math.max(0.1, width));
    const before = paths.get(stretch.state) ?? '';
    paths.set(stretch.state, `${before}M${short(x)} ${short(y - bar / 2)}h${wide}v${bar}h-${wide}z`);
  }
  const drawn = PAINTED.flatMap((state) => {
    const path = paths.get(state);
    const fill = state === 'suspended' ? ` fill="url(#${hatch})"` : state === 'running' ? ' stroke-width="1.2"' : '';
    return path === undefined ? [] : [`<path class="${CLASSES[state]}"${fill} d="${path}"/>`];
  });
  const title = `<title>${safe(laneTitle(lane))}</title>`;
  return `<g class="lane" data-task="${lane.task}">${title}<g class="bars" stroke-width=".6">${drawn.join('')}</g></g>`;
}

/** A forgotten coroutine, from the moment it was noticed to the end. */
export function lostRow(layout: Layout, { y, lost }: Row): string {
  if (lost === undefined) return '';
  const { size, left, axis } = layout;
  const x = left + axis.x(lost.moment);
  const width = Math.max(16, left + axis.width - x);
  const start = Math.min(x, left + axis.width - width);
  const says = `${lost.held === true ? 'not awaited' : 'never awaited'}${lost.line === undefined ? '' : ` · line ${lost.line}`}`;
  const text = textWidth(says, size.font - 1) < width - 12 ? says : '';
  return (
    `<g class="lane"><title>${safe(lostWords(lost))}</title>` +
    `<rect class="lost" x="${short(start)}" y="${short(y - size.bar / 2)}" width="${short(width)}" height="${size.bar}" rx="3"/>` +
    `<text class="failed" x="${short(start + 8)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(text)}</text></g>`
  );
}

/** What a task waits for, written on the bars that have room for it. */
export function waitTexts(layout: Layout, { y }: Row, lane: Lane): string {
  const { size, left } = layout;
  const scrolls = layout.width > layout.window;
  if (!size.words) return '';
  const said = barsOf(layout, lane).flatMap(({ stretch, x, width }) => {
    const text = sayings(stretch).find((one) => textWidth(one, size.font - 1) <= width - 12);
    if (text === undefined) return [];
    // On a bar that is longer than the window the words move along, as far as the bar reaches (figure-style.ts).
    const most = width - 12 - textWidth(text, size.font - 1);
    const moves = scrolls ? ` style="--x:${short(x - left)}px;--m:${short(most)}px"` : '';
    return `<text class="halo wait"${moves} data-x="${short(x)}" data-w="${short(width)}" x="${short(x + 6)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(text)}</text>`;
  });
  return said.join('');
}

function sayings(stretch: Stretch): string[] {
  if (stretch.state !== 'suspended') return [];
  const [on, where] = [waitWords(stretch), placeWords(stretch.place)];
  return where === '' ? [on] : [`${on} · ${where}`, on];
}
