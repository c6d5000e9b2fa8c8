// Draws one run of a replay: workers round the pole with their hammers, and below them when each blow fell. A hammer
// falls during a step and rises while its worker waits, so one falls at a time, yet everybody's work goes on.

import { fitted, safe, short, textWidth } from '../draw/svg-text.ts';
import { formatSeconds } from '../lanes/axis.ts';
import type { Model } from '../model/model.ts';
import { type Frame, moved } from './motion.ts';
import { POLE, type Worker, workersOf } from './workers.ts';

/** The size of the panel of one run. */
export const PANEL = { width: 360, height: 392 } as const;
/** The run takes up this part of a cycle; in the rest everybody pauses before it begins again. */
const REST = 0.88;
/** The part of the cycle in which a worker who has finished puts the hammer down. */
const DOWN = 0.04;
const MARGIN = 20;
const SHOULDER = { x: 3, y: -64 } as const;
/** The size of a hammer's head, which stands on the pole when it hits. */
const HEAD = { thick: 13, high: 26 } as const;
/** How far a hammer is raised from the angle at which it hits, and its highest angle, in degrees; negative is up. */
const [RAISED, HIGHEST] = [-104, -99];

export const SCENE_RULES =
  // A worker is drawn once: what is drawn again, in blue, takes its colour from where it is used. There no selector sees
  // what is outside, so these have no `.ck` in front.
  '.ck .men{color:var(--ck-wait-edge)}.ck .at{color:var(--ck-run)}.ck-man{fill:currentColor}' +
  '.ck-limb{stroke:currentColor;stroke-width:6px;fill:none;stroke-linecap:round;stroke-linejoin:round}' +
  '.ck-leg{stroke-width:7px}.ck-trunk{stroke-width:16px}.ck-shade{fill:var(--ck-line)}' +
  '.ck-haft{stroke:var(--ck-ready-edge);stroke-width:4px;fill:none;stroke-linecap:round}' +
  '.ck .spark{stroke:var(--ck-run);fill:none;stroke-linecap:round}' +
  '.ck .earth{fill:var(--ck-panel);stroke:var(--ck-line)}' +
  '.ck .wood{fill:var(--ck-ready);stroke:var(--ck-ready-edge)}.ck .track{fill:var(--ck-wait);stroke:var(--ck-wait-edge)}' +
  '.ck .now{stroke:var(--ck-text)}.ck .label{paint-order:stroke;stroke:var(--ck-panel);stroke-width:4px;stroke-linejoin:round}';

/** The seconds that a run took. */
export function lengthOf({ times }: Model): number {
  return times.at(-1) ?? 0;
}

/** The name of what was run. */
export function titleOf({ lanes: [first] }: Model): string {
  return first === undefined ? 'nothing was traced' : first.name;
}

/**
 * A cycle of the animation: its length in seconds (0 for a still), and the seconds that the longest run took. What moves
 * stands as in the still: that is what is seen where nothing moves.
 */
export interface Cycle {
  readonly seconds: number;
  readonly longest: number;
}

/** The panel of one run; `body` is the id of what {@link bodyOf} draws, `id` is for what this run draws more than once. */
export function panel(model: Model, { seconds, longest }: Cycle, body: string, id: string): string {
  const { workers, more } = workersOf(model);
  const share = (lengthOf(model) || longest) / longest;
  const part = share * REST;
  const time = formatSeconds(lengthOf(model));
  const heading = fitted(titleOf(model), PANEL.width - 2 * MARGIN - textWidth(time, 17) - 16, 17);
  const still = workers.findLast(({ blows }) => blows.length > 0);
  const sinks = sinking(workers, part);
  const back = workers.filter(({ y }) => y <= POLE.foot);
  const front = workers.filter(({ y }) => y > POLE.foot);
  const drawn = (some: readonly Worker[]): string => {
    const men = [...some]
      .sort((a, b) => a.y - b.y)
      .map((one) => man(one, { body, own: `${id}-${workers.indexOf(one)}` }, part, seconds, one === still, sinks));
    return `<g class="men">${men.join('')}</g>`;
  };
  return (
    `<text x="${MARGIN}" y="32" font-size="17" font-weight="600">${safe(heading)}</text>` +
    `<text x="${PANEL.width - MARGIN}" y="32" font-size="17" text-anchor="end">${time}</text>` +
    `<ellipse class="earth" cx="${POLE.x}" cy="${POLE.foot + 6}" rx="170" ry="76"/>` +
    `${drawn(back)}${pole(sinks, seconds)}${drawn(front)}${sparks(workers, part, seconds, still !== undefined, sinks)}${workers.map(nameOf).join('')}` +
    score(workers, more, share, seconds, still)
  );
}

/** How far the pole goes into the ground in the whole run, in units. */
const SINKS = 26;

/** How deep the pole is when a blow begins to hit, and when it has hit. */
interface Sinking {
  /** The middle and the end of each blow, as parts of the cycle. */
  readonly times: readonly (readonly [hit: number, end: number])[];
  /** The depth before the blow that hits at a time. */
  before(hit: number): number;
}

/** All workers' blows in their order: each drives the pole by the same amount. */
function sinking(workers: readonly Worker[], part: number): Sinking {
  const all = workers.flatMap(({ blows }) => blows);
  const times = all.map(([from, to]) => [((from + to) / 2) * part, to * part] as const).sort(([a], [b]) => a - b);
  const each = SINKS / Math.max(1, times.length);
  return { times, before: (hit) => each * times.filter(([earlier]) => earlier < hit).length };
}

/** What moves down with the pole. */
function sunk({ times, before }: Sinking, seconds: number): string {
  const at = (depth: number): string => `0 ${short(depth)}`;
  const frames = times.map(([hit, end]): Frame => [hit, at(before(end))]);
  return moved('translate', [[0, '0 0'], ...frames, [1, at(times.length === 0 ? 0 : SINKS)]], seconds, 'discrete');
}

/** The ground hides the foot, which goes deeper with each blow. */
function pole(sinks: Sinking, seconds: number): string {
  const { x, y, foot } = POLE;
  return (
    `<ellipse class="ck-shade" cx="${x}" cy="${foot}" rx="17" ry="6"/>` +
    `<svg x="${x - 14}" y="${y - 4}" width="28" height="${foot - y + 7}" viewBox="${x - 14} ${y - 4} 28 ${foot - y + 7}"><g>` +
    `<path class="wood" d="M${x - 10} ${y + 3}V${foot}q10 6 20 0V${y + 3}z"/><ellipse class="wood" cx="${x}" cy="${y + 3}" rx="10" ry="3.5"/>${sunk(sinks, seconds)}</g></svg>`
  );
}

/**
 * A worker, drawn facing right from the shoulder, about which the hammer turns, and mirrored to the right of the pole. A
 * second one in blue shows during each blow.
 */
function man(worker: Worker, ids: Ids, part: number, seconds: number, still: boolean, sinks: Sinking): string {
  const { x, y, size, blows } = worker;
  const side = x < POLE.x ? 1 : -1;
  const lit: Frame[] = [
    [0, '0'],
    ...blows.flatMap(([a, b]): Frame[] => [
      [a * part, '1'],
      [b * part, '0'],
    ]),
    [1, '0'],
  ];
  const blue =
    still || seconds > 0
      ? `<g class="at" opacity="${still ? 1 : 0}"><use href="#${ids.own}"/>${moved('opacity', lit, seconds, 'discrete')}</g>`
      : '';
  const body = `<use href="#${ids.body}"/>${hammer(worker, part, seconds, still, sinks)}`;
  const scale = Number(size.toFixed(2));
  const at = `${short(x + side * size * SHOULDER.x)} ${short(y + size * SHOULDER.y)}`;
  return (
    `<g transform="translate(${at}) scale(${side * scale} ${scale})">` + `<g id="${ids.own}">${body}</g>${blue}</g>`
  );
}

/** The names of what is drawn more than once. */
interface Ids {
  readonly body: string;
  readonly own: string;
}

/** Shadow, legs, trunk and head, which all workers share; the shoulder is at 0 0. */
export function bodyOf(id: string): string {
  return (
    `<defs><g id="${id}"><ellipse class="ck-shade" cx="${2 - SHOULDER.x}" cy="${1 - SHOULDER.y}" rx="24" ry="5"/>` +
    '<path class="ck-limb ck-leg" d="M-15 62L-3 33L10 62"/><path class="ck-limb ck-trunk" d="M-3 28L-1 6"/><circle class="ck-man" cx="2" cy="-19" r="9"/></g></defs>'
  );
}

/** Both arms and the hammer. */
function hammer(worker: Worker, part: number, seconds: number, still: boolean, sinks: Sinking): string {
  const { reach, hit } = aim(worker, 0);
  const raised = Math.max(hit + RAISED, HIGHEST);
  // At rest the head lies on the ground.
  const rest = (Math.asin(Math.min(1, (-SHOULDER.y - 6) / reach)) * 180) / Math.PI;
  const frames: Frame[] = [[0, short(rest)]];
  for (const [from, to] of worker.blows) {
    const [middle, end] = [((from + to) / 2) * part, to * part];
    const [first, last] = [aim(worker, sinks.before(middle)).hit, aim(worker, sinks.before(end)).hit];
    frames.push([from * part, short(raised)], [middle, short(first)], [end, short(last)]);
  }
  const end = (worker.blows.at(-1)?.[1] ?? 0) * part;
  frames.push([end + DOWN, short(rest)], [1, short(rest)]);
  const angle = still ? hit : worker.blows.length > 0 ? raised : rest;
  return (
    `<g transform="rotate(${short(angle)})"><path class="ck-haft" d="M16 0H${short(reach)}"/>` +
    `<rect class="ck-man iron" x="${short(reach - HEAD.thick / 2)}" y="${-HEAD.high / 2}" width="${HEAD.thick}" height="${HEAD.high}" rx="3"/>` +
    `<path class="ck-limb" d="M-2 3L25 0"/>${moved('rotate', frames, seconds)}</g>`
  );
}

/** The distance and angle from the shoulder to the top of the pole at a depth, in the worker's own units. */
function aim({ x, y, size }: Worker, depth: number): { readonly reach: number; readonly hit: number } {
  const across = Math.abs(POLE.x - x) / size - SHOULDER.x;
  const down = (POLE.y + depth - HEAD.high / 2 - y) / size - SHOULDER.y;
  return { reach: Math.hypot(across, down), hit: (Math.atan2(down, across) * 180) / Math.PI };
}

/** The sparks where iron meets wood, in the second half of each blow. */
function sparks(workers: readonly Worker[], part: number, seconds: number, still: boolean, sinks: Sinking): string {
  const { x, y } = POLE;
  const rays = `M${x - 16} ${y - 4}l-9 -5M${x + 16} ${y - 4}l9 -5M${x - 15} ${y + 4}l-9 2M${x + 15} ${y + 4}l9 2`;
  const blows = workers.flatMap(({ blows }) => blows).sort(([a], [b]) => a - b);
  const lit: Frame[] = [
    [0, '0'],
    ...blows.flatMap(([from, to]): Frame[] => [
      [((from + to) / 2) * part, '1'],
      [to * part, '0'],
    ]),
    [1, '0'],
  ];
  return `<g><path class="spark" d="${rays}" stroke-width="2.2" opacity="${still ? 1 : 0}">${moved('opacity', lit, seconds, 'discrete')}</path>${sunk(sinks, seconds)}</g>`;
}

/** The label of a worker. At the back it is moved towards the pole, where nobody stands in front of it. */
function nameOf({ x, y, name }: Worker): string {
  const behind = y < POLE.foot;
  const label = fitted(name, behind ? 88 : 104, 12);
  const half = textWidth(label, 12) / 2;
  const place = behind ? x + Math.sign(POLE.x - x) * 12 : x;
  const middle = Math.max(half + 8, Math.min(PANEL.width - half - 8, place));
  return `<text class="label" x="${short(middle)}" y="${short(y + 17)}" font-size="12" text-anchor="middle">${safe(label)}</text>`;
}

/** All blows in one row, none on another. The row is as long as this run took, compared to the longest. */
function score(
  workers: readonly Worker[],
  more: number,
  share: number,
  seconds: number,
  still: Worker | undefined,
): string {
  const [x, y, high] = [MARGIN, 350, 12];
  const width = (PANEL.width - 2 * MARGIN) * share;
  const blows = workers
    .flatMap(({ blows: own }) => own)
    .map(
      ([from, to]) =>
        `M${short(x + from * width)} ${y}h${short(Math.max(1, (to - from) * width))}v${high}h-${short(Math.max(1, (to - from) * width))}z`,
    );
  // What moves is at the left before it moves; a still is at its blow.
  const at = x + (seconds > 0 ? 0 : width * (still?.blows[0] ? (still.blows[0][0] + still.blows[0][1]) / 2 : 1));
  const end = `${short(width)} 0`;
  const slide = moved(
    'translate',
    [
      [0, '0 0'],
      [share * REST, end],
      [1, end],
    ],
    seconds,
  );
  const who = more > 0 ? `${workers.length} of ${workers.length + more}` : workers.length;
  const says = workers.length === 1 ? 'one worker, one hammer' : `${who} workers, one hammer falls at a time`;
  return (
    `<rect class="track" x="${x}" y="${y}" width="${short(width)}" height="${high}" rx="3"/><path class="run" stroke-width=".4" d="${blows.join('')}"/>` +
    `<g><path class="now" d="M${short(at)} ${y - 4}v${high + 8}" stroke-width="1.6"/>${slide}</g>` +
    `<text class="m" x="${x}" y="${y + 31}" font-size="12">${says}</text>`
  );
}
