// The await graph at one moment as SVG: task → coroutine → coroutine → what it waits for. Waiters stand left of what
// they wait for; a ring is red, and called a deadlock.

import type { TracePlace } from '../asyncio/trace.ts';
import { fitted, safe, short } from './markup.ts';
import type { Model, Stretch } from './model.ts';
import { type Standing, standingAt } from './waits.ts';
import { placeWords, waitWords } from './words.ts';

const BOX = 178;
const GAP_X = 52;
const GAP_Y = 12;
const LINE = 15;
const MARGIN = 10;
const MOST = 18;
const MOST_FRAMES = 3;

interface Box {
  readonly standing: Standing;
  readonly lines: readonly string[];
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** The picture of who waits for whom. */
export function drawGraph(model: Model, moment: number): string {
  const all = standingAt(model, moment);
  const boxes = placed(chosen(all));
  const width = Math.max(BOX, ...boxes.map(({ x }) => x + BOX)) + MARGIN;
  const height = Math.max(LINE * 2, ...boxes.map(({ y, height: own }) => y + own)) + MARGIN;
  const hidden = all.length - boxes.length;
  const says = all.length === 0 ? 'no task lives at this moment' : hidden > 0 ? `and ${hidden} more tasks` : '';
  const total = height + (says === '' ? 0 : 16);
  const at = new Map(boxes.map((box) => [box.standing.lane.task, box]));
  const arrows = boxes.flatMap((box) => box.standing.awaits.map((task) => arrow(box, at.get(task))));
  return (
    `<svg class="ck" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img">` +
    `<title>Who waits for whom</title>${arrows.join('')}${boxes.map(drawn).join('')}` +
    `<text class="m" x="${MARGIN}" y="${height + 4}" font-size="11">${says}</text></svg>`
  );
}

/** Those in rings first, then what runs, then those that wait for others or are waited for. */
function chosen(all: readonly Standing[]): readonly Standing[] {
  const awaited = new Set(all.flatMap(({ awaits }) => awaits));
  const weight = (one: Standing): number =>
    (one.stuck ? 8 : 0) +
    (one.stretch.state === 'running' ? 4 : 0) +
    (one.awaits.length > 0 ? 2 : 0) +
    (awaited.has(one.lane.task) ? 1 : 0);
  if (all.length <= MOST) return all;
  const kept = new Set([...all].sort((a, b) => weight(b) - weight(a)).slice(0, MOST));
  return all.filter((one) => kept.has(one));
}

function placed(all: readonly Standing[]): Box[] {
  const columns = columnsOf(all);
  const bottoms: number[] = [];
  return all.map((standing) => {
    const column = columns.get(standing.lane.task) ?? 0;
    const lines = linesOf(standing.stretch);
    const height = LINE * (lines.length + 1) + 10;
    const y = bottoms[column] ?? MARGIN;
    bottoms[column] = y + height + GAP_Y;
    return { standing, lines, column, x: MARGIN + column * (BOX + GAP_X), y, height };
  });
}

/** One right of the rightmost that waits for it; a ring is not followed round. */
function columnsOf(all: readonly Standing[]): Map<number, number> {
  const columns = new Map(all.map(({ lane }) => [lane.task, 0]));
  for (let round = 0, moved = true; moved && round < all.length; round++) {
    moved = false;
    for (const { lane, awaits, stuck } of all) {
      for (const task of awaits) {
        const least = (columns.get(lane.task) ?? 0) + 1;
        const ringed = stuck && all.some((one) => one.lane.task === task && one.stuck);
        if (!columns.has(task) || (columns.get(task) ?? 0) >= least || (ringed && round > 0)) continue;
        columns.set(task, Math.min(least, 5));
        moved = true;
      }
    }
  }
  return columns;
}

function linesOf(stretch: Stretch): string[] {
  const { state, place, callers = [] } = stretch;
  if (state !== 'suspended') return [state === 'created' ? 'not begun' : state];
  const frames = [...callers].reverse().concat(place ?? []);
  const shown = frames.length > MOST_FRAMES ? frames.slice(-MOST_FRAMES) : frames;
  return [...shown.map(frameWords), `waits for ${waitWords(stretch)}`];
}

function frameWords(place: TracePlace): string {
  const where = placeWords(place);
  return `${place.name}${where === '' ? '' : ` · ${where}`}`;
}

const SWATCHES = { created: 'new', ready: 'rdy', running: 'run', suspended: 'sus' } as const;

function drawn({ standing: { lane, stretch, stuck }, lines, x, y, height }: Box): string {
  const text = lines.map(
    (line, at) =>
      `<text class="m" x="${x + 12}" y="${y + 17 + LINE * (at + 1)}" font-size="11">${safe(fitted(line, BOX - 20, 11))}</text>`,
  );
  const word = stuck ? `<text class="failed" x="${x + BOX - 66}" y="${y + 17}" font-size="10.5">deadlock</text>` : '';
  const edge = stuck ? ' style="stroke:var(--ck-failed);stroke-width:2"' : '';
  const swatch = stretch.state === 'suspended' ? ' style="fill:var(--ck-wait)"' : '';
  return (
    `<g data-task="${lane.task}"><rect class="box" x="${x}" y="${y}" width="${BOX}" height="${height}" rx="6"${edge}/>` +
    `<rect class="${SWATCHES[stretch.state]}"${swatch} x="${x + 10}" y="${y + 8}" width="11" height="10" rx="2"/>` +
    `<text x="${x + 27}" y="${y + 17}" font-size="12" font-weight="600">${safe(fitted(lane.name, BOX - (stuck ? 98 : 36), 12))}</text>${word}${text.join('')}</g>`
  );
}

function arrow(from: Box, to: Box | undefined): string {
  if (to === undefined) return '';
  const kind = from.standing.stuck && to.standing.stuck ? 'failed' : 'spawn';
  const head = kind === 'failed' ? 'var(--ck-failed)' : 'var(--ck-wait-edge)';
  const back = to.column <= from.column;
  const [x1, y1] = [from.x + BOX, from.y + Math.min(14, from.height / 2) + (back ? 8 : 0)];
  const [x2, y2] = [back ? to.x + BOX : to.x, to.y + 14 + (back ? 12 : 0)];
  const bend = back ? Math.max(from.x, to.x) + BOX + 34 : (x1 + x2) / 2;
  const curve = back
    ? `C${short(bend)} ${short(y1)} ${short(bend)} ${short(y2)} ${short(x2 + 6)} ${short(y2)}`
    : `C${short(bend)} ${short(y1)} ${short(bend)} ${short(y2)} ${short(x2 - 6)} ${short(y2)}`;
  const tip = back ? `M${x2} ${short(y2)}l7 -4v8z` : `M${x2} ${short(y2)}l-7 -4v8z`;
  return `<path class="${kind}" d="M${short(x1)} ${short(y1)}${curve}" stroke-width="1.6" fill="none"/><path d="${tip}" style="fill:${head}"/>`;
}
