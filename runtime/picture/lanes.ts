// The lanes as static SVG: everything that a page without scripts can say. Where things lie is decided in layout.ts.

import { barsOf, indentOf, type Layout, type LayoutOptions, layOut, type Row, shownLanes } from './layout.ts';
import { arrows, blockMark, endMark, spawnLines } from './marks.ts';
import { fitted, hashOf, safe, short, textWidth } from './markup.ts';
import type { Lane, Model, State, Stretch } from './model.ts';
import { STYLE } from './theme.ts';
import {
  endingWords,
  headline,
  lostWords,
  type NameOf,
  type Note,
  namesOf,
  notesOf,
  placeWords,
  stretchWords,
  waitWords,
} from './words.ts';

/** How the lanes are drawn. */
export interface LanesOptions extends LayoutOptions {
  /** Stands above the lanes instead of what the trace says of itself. */
  readonly title?: string;
}

/** More bars than this are drawn as one line a lane and state, without a title on each. */
const MOST_TITLES = 1500;
const CLASSES: Readonly<Record<State, string>> = { created: 'new', ready: 'rdy', running: 'run', suspended: 'sus' };
/** In a crowd a step is a hair's breadth: it goes on top. */
const PAINTED: readonly State[] = ['suspended', 'created', 'ready', 'running'];
const LEGEND: readonly (readonly [State, string])[] = [
  ['created', 'created'],
  ['running', 'running'],
  ['suspended', 'suspended'],
  ['ready', 'ready'],
];

/** A picture, and where its axis lies, for what moves over it. */
export interface Drawn {
  readonly svg: string;
  readonly layout: Layout;
}

/** Draws a model's lanes as one SVG document. */
export function drawLanes(model: Model, options: LanesOptions = {}): Drawn {
  const notes = notesOf(model, model.lanes.length - shownLanes(model, options.lanes).length);
  const layout = layOut(model, notes.length, options);
  const title = options.title ?? headline(model);
  const name = namesOf(model);
  const hatch = `ck-h${hashOf(`${title} ${model.times.length} ${model.times.at(-1)} ${layout.width}`)}`;
  const bars = layout.rows.reduce((sum, { lane }) => sum + (lane?.stretches.length ?? 0), 0);
  const one = bars > MOST_TITLES ? lineLane : titledLane;
  const { width, height } = layout;
  const svg = [
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${short(height)}" width="${width}" height="${short(height)}" role="img">`,
    `<title>${safe(title)}</title><desc>${safe(describe(model))}</desc><style>${STYLE.replaceAll('<', '')}</style>`,
    `<defs>${hatching(hatch)}</defs><rect class="bg" width="${width}" height="${short(height)}" rx="6"/>`,
    heading(layout, title),
    grid(layout),
    spawnLines(layout),
    ...layout.rows.map((row) =>
      row.lane === undefined ? lostRow(layout, row) : one(layout, row, row.lane, hatch, name),
    ),
    arrows(layout, name),
    ...layout.rows.map((row) => row.lane && words(layout, row, row.lane)),
    footer(layout, notes),
    '</svg>',
  ];
  return { svg: svg.join(''), layout };
}

/** For who does not see the picture: how many ended how. The text form has the rest. */
function describe(model: Model): string {
  const endings = (['done', 'failed', 'cancelled', 'unfinished'] as const).flatMap((ending) => {
    const number = model.lanes.filter((lane) => lane.ending === ending).length;
    return number === 0 ? [] : [`${number} ${ending}`];
  });
  return `One lane a task, time to the right. Hollow: not begun; solid: running, one at any instant; hatched: suspended. ${endings.join(', ')}.`;
}

function hatching(id: string): string {
  return (
    `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    '<rect class="hb" width="6" height="6"/><path class="hl" d="M1.5 0v6" stroke-width="1.6"/></pattern>'
  );
}

function heading({ width, left }: Layout, title: string): string {
  const entries: string[] = [];
  const gap = width < 420 ? 33 : 40;
  const room = LEGEND.reduce((sum, [, word]) => sum + gap + textWidth(word, 11), 0);
  let x = Math.max(14, Math.min(left, width - room));
  for (const [state, word] of LEGEND) {
    entries.push(
      `<rect class="${CLASSES[state]}"${state === 'suspended' ? ' style="fill:var(--ck-wait)"' : ''} x="${x}" y="35" width="18" height="9" rx="2"/>`,
    );
    if (state === 'suspended') entries.push(`<path class="sus" d="M${x + 4} 43l7-7M${x + 9} 43l7-7" fill="none"/>`);
    entries.push(`<text class="m" x="${x + 24}" y="43.5" font-size="11">${word}</text>`);
    x += gap + textWidth(word, 11);
  }
  return `<text x="14" y="22" font-size="14" font-weight="600">${safe(fitted(title, width - 28, 14))}</text>${entries.join('')}`;
}

function grid({ axis, left, top, rows, size }: Layout): string {
  const bottom = top + size.row * Math.max(1, rows.length);
  const lines = axis.ticks.map(({ x }) => `M${short(left + x)} ${top - 8}V${short(bottom)}`).join('');
  const labels = axis.ticks.map(
    ({ x, label }) =>
      `<text class="m tick" data-x="${short(x)}" x="${short(left + x)}" y="${top - 13}" font-size="10.5" text-anchor="middle">${label}</text>`,
  );
  return `<path class="grid" d="${lines}"/>${labels.join('')}`;
}

function label(layout: Layout, y: number, indent: number, text: string, kind: string): string {
  const { left, size } = layout;
  const x = 14 + indent;
  const shown = fitted(text, left - x - 12, size.font);
  return `<text class="name${kind}" x="${x}" y="${short(y + size.font * 0.35)}" font-size="${size.font}">${safe(shown)}</text>`;
}

function laneTitle(lane: Lane): string {
  return `${lane.name}${lane.place === null ? '' : ` (${lane.place.name})`}: ${endingWords(lane)}`;
}

/** A lane of bars, each with its own words for who points at it. */
function titledLane(layout: Layout, { y }: Row, lane: Lane, hatch: string, name: NameOf): string {
  const { bar } = layout.size;
  const bars = barsOf(layout, lane).map(({ stretch, x, width }) => {
    const fill = stretch.state === 'suspended' ? ` fill="url(#${hatch})"` : '';
    const rounding = Math.min(3, width / 2);
    return (
      `<rect class="${CLASSES[stretch.state]}"${fill} x="${short(x)}" y="${short(y - bar / 2)}" width="${short(Math.max(0.4, width))}" height="${bar}" rx="${short(rounding)}">` +
      `<title>${safe(`${lane.name} ${stretchWords(layout.model, stretch, name)}`)}</title></rect>`
    );
  });
  const head = label(layout, y, indentOf(lane), lane.name, '');
  return `<g class="lane" data-task="${lane.task}"><title>${safe(laneTitle(lane))}</title>${head}<g class="bars">${bars.join('')}</g></g>`;
}

/** A lane as one path for each state: a thousand of them stay small. */
function lineLane(layout: Layout, { y }: Row, lane: Lane, hatch: string): string {
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
  const head = `<title>${safe(laneTitle(lane))}</title>${label(layout, y, indentOf(lane), lane.name, '')}`;
  return `<g class="lane" data-task="${lane.task}">${head}<g class="bars" stroke-width=".6">${drawn.join('')}</g></g>`;
}

function lostRow(layout: Layout, { y, lost }: Row): string {
  if (lost === undefined) return '';
  const { size, left, axis } = layout;
  const x = left + axis.x(lost.moment);
  const width = Math.max(16, left + axis.width - x);
  const start = Math.min(x, left + axis.width - width);
  const says = `never awaited${lost.line === undefined ? '' : ` · line ${lost.line}`}`;
  const text = textWidth(says, size.font - 1) < width - 12 ? says : '';
  return (
    `<g class="lane"><title>${safe(lostWords(lost))}</title>${label(layout, y, 0, `${lost.name}()`, ' failed')}` +
    `<rect class="lost" x="${short(start)}" y="${short(y - size.bar / 2)}" width="${short(width)}" height="${size.bar}" rx="3"/>` +
    `<text class="failed" x="${short(start + 8)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(text)}</text></g>`
  );
}

/** What is waited for, on the bars that have room for it, and how the lane ended. */
function words(layout: Layout, { y }: Row, lane: Lane): string {
  const { size } = layout;
  const said = size.words
    ? barsOf(layout, lane).flatMap(({ stretch, x, width }) => {
        const text = sayings(stretch).find((one) => textWidth(one, size.font - 1) <= width - 12);
        if (text === undefined) return [];
        return `<text class="halo wait" data-x="${short(x)}" data-w="${short(width)}" x="${short(x + 6)}" y="${short(y + size.font * 0.33)}" font-size="${size.font - 1}">${safe(text)}</text>`;
      })
    : [];
  return `<g>${said.join('')}${blockMark(layout, lane, y)}${endMark(layout, lane, y)}</g>`;
}

function sayings(stretch: Stretch): string[] {
  if (stretch.state !== 'suspended') return [];
  const [on, where] = [waitWords(stretch), placeWords(stretch.place)];
  return where === '' ? [on] : [`${on} · ${where}`, on];
}

function footer({ rows, size, top, width }: Layout, notes: readonly Note[]): string {
  const from = top + size.row * Math.max(1, rows.length) + 24;
  const kinds = { failed: ' class="failed"', block: ' class="failed"', lost: ' class="failed"', plain: ' class="m"' };
  const signs = { failed: '✕ ', block: '▲ ', lost: '⚠ ', plain: '' };
  return notes
    .map(
      ({ kind, text }, at) =>
        `<text${kinds[kind]} x="14" y="${short(from + at * 18)}" font-size="11.5">${safe(fitted(signs[kind] + text, width - 28, 11.5))}</text>`,
    )
    .join('');
}
