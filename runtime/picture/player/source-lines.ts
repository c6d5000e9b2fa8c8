// The source at a moment: which lines are lit and for which tasks, and the ways of cancellations through the source.
// All as data and small pieces of HTML; source-panel.ts puts them into the page.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { safe } from '../draw/svg-text.ts';
import { askerWords, count, type NameOf } from '../lanes/words.ts';
import { type Cancel, type Lane, type Model, stretchAt } from '../model/model.ts';

/** The texts of the files, by their names. */
export type Sources = Readonly<Record<string, string>>;

/** A line of one of the files, from 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** How a line is lit, and the HTML that follows it. */
export interface Lit extends Spot {
  readonly kind: 'on' | 'wait' | 'unwinding' | '';
  readonly chips: string;
  /** A task comes to stand here at this very moment. */
  readonly fresh: boolean;
}

/** The way of a cancellation: from the call to the await that it interrupts, then through catch and finally blocks. */
export interface Way {
  /** The call; null if it is in none of the files, or if the library itself cancelled. */
  readonly from: Spot | null;
  readonly stops: readonly Spot[];
}

const MOST_CHIPS = 6;

/** A text of more lines than this is folded where no task comes by; fewer lines than the second are not worth it. */
const [LONG, WORTH] = [12, 3];

/** The lines of the files as HTML, unlit; those that no task touches are folded. */
export function sourceHtml(sources: Sources, touched?: Touched): string {
  return foldsOf(sources, touched)
    .map(({ file, lines, away }) => {
      const items = lines.map((line, at) => {
        const number = at + 1;
        const hidden = [...away].find(([from, to]) => from <= number && number <= to);
        const gap =
          hidden?.[0] === number
            ? `<div class="gap"><button type="button" data-unfold>⋯ ${count(hidden[1] - number + 1, 'line')}</button></div>`
            : '';
        return `${gap}<div data-line="${number}"${hidden ? ' class="away"' : ''}><span class="code">${safe(line)}</span><span class="who"></span></div>`;
      });
      return `<div class="file"><div class="word">${safe(file)}</div><div class="lines">${items.join('')}</div></div>`;
    })
    .join('');
}

/** A file, its lines, and the first and the last number of each run of lines that is folded. */
interface Folds {
  readonly file: string;
  readonly lines: readonly string[];
  readonly away: ReadonlyMap<number, number>;
}

/** The files in the order in which they are shown. */
export function foldsOf(sources: Sources, touched?: Touched): readonly Folds[] {
  const all = filesOf(sources).map((file) => ({ file, lines: linesOf(sources[file] ?? '') }));
  const long = all.reduce((sum, { lines }) => sum + lines.length, 0) > LONG;
  return all.map(({ file, lines }) => {
    const away = long && touched !== undefined ? awayIn(lines.length, touched.get(file) ?? new Set()) : new Map();
    return { file, lines, away };
  });
}

/** The lines of each file at which some task stands or runs. */
export type Touched = ReadonlyMap<string, ReadonlySet<number>>;

/** The lines that the tasks of a model touch. */
export function touchedIn({ lanes, cancels }: Model): Touched {
  const touched = new Map<string, Set<number>>();
  const add = (file: string | undefined, from = 0, to = from): void => {
    if (file === undefined) return;
    const lines = touched.get(file) ?? new Set();
    touched.set(file, lines);
    for (let line = from; line <= to; line++) lines.add(line);
  };
  for (const { place, stretches } of lanes) {
    add(place?.file, place?.line);
    for (const stretch of stretches) {
      for (const { file, from, to } of stretch.ran ?? []) add(file, from, to);
      for (const one of [stretch.place, ...(stretch.callers ?? [])]) add(one?.file, one?.line);
    }
  }
  for (const { place, steps } of cancels) {
    for (const one of [place, ...steps.map((step) => step.place)]) add(one?.file, one?.line);
  }
  return touched;
}

/** The runs of untouched lines, as [first, last]. */
function awayIn(lines: number, touched: ReadonlySet<number>): Map<number, number> {
  const away = new Map<number, number>();
  for (let from = 1; from <= lines; from++) {
    let to = from;
    while (to <= lines && !touched.has(to)) to++;
    if (to - from >= WORTH) away.set(from, to - 1);
    from = to;
  }
  return away;
}

/** The names of the files, ordered by their numbers: `Cell [2]` before `Cell [10]`. */
export function filesOf(sources: Sources): string[] {
  return Object.keys(sources).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function linesOf(text: string): string[] {
  return text.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/);
}

interface Mark extends Spot {
  kind: Lit['kind'];
  fresh: boolean;
  /** The tasks that a call on the line cancels, by the place of the interrupted await (empty if in the same file). */
  readonly calls: Map<string, string[]>;
  readonly hits: string[];
  readonly names: { readonly name: string; readonly running: boolean }[];
}

/** The lit lines at a moment: where the running task is, where others wait, and what a cancellation interrupts. */
export function litLines(model: Model, moment: number, sources: Sources, name: NameOf): Lit[] {
  const marks = new Map<string, Mark>();
  const markAt = ({ file, line }: Spot): Mark => {
    const key = `${line} ${file}`;
    const mark: Mark = marks.get(key) ?? { file, line, kind: '', fresh: false, calls: new Map(), hits: [], names: [] };
    marks.set(key, mark);
    return mark;
  };
  const cancels = activeAt(model, moment);
  const unwinding = new Set(cancels.filter(({ received }) => (received ?? Infinity) <= moment).map(({ task }) => task));
  for (const lane of model.lanes) {
    const stretch = stretchAt(lane, moment);
    if (stretch === undefined) continue;
    const running = stretch.state === 'running';
    for (const { file, from, to } of stretch.ran ?? []) {
      if (sources[file] !== undefined) for (let line = from; line <= to; line++) markAt({ file, line }).kind = 'on';
    }
    const place = stretch.place ?? (running ? callOf(model, lane.task, stretch.from, moment) : null);
    const spot = spotOf(place ?? lastPlace(lane, moment), sources);
    if (spot === null) continue;
    const mark = markAt(spot);
    mark.names.push({ name: lane.name, running });
    mark.fresh ||= stretch.from === moment;
    const kind = running ? 'on' : unwinding.has(lane.task) ? 'unwinding' : 'wait';
    if (rank(kind) > rank(mark.kind)) mark.kind = kind;
  }
  for (const cancel of cancels) markWay(cancel, moment, sources, name, markAt);
  return [...marks.values()].map(({ file, line, kind, fresh, ...said }) => ({
    file,
    line,
    kind,
    fresh,
    chips: chipsOf(said),
  }));
}

const RANKS = ['', 'wait', 'unwinding', 'on'] as const;
const rank = (kind: Lit['kind']): number => RANKS.indexOf(kind);

/** Marks the call with the task that it cancels, and the await with who cancelled it. */
function markWay(cancel: Cancel, moment: number, sources: Sources, name: NameOf, markAt: (spot: Spot) => Mark): void {
  const call = spotOf(cancel.place, sources);
  const [hit, ...further] = stopsAt(cancel, moment, sources);
  const whole = cancel.steps[0]?.place;
  if (call !== null) {
    const elsewhere = whole?.file !== undefined && whole.file !== call.file ? ` in ${spotWords(whole)}` : '';
    const { calls } = markAt(call);
    calls.set(elsewhere, [...(calls.get(elsewhere) ?? []), name(cancel.task)]);
  }
  if (hit === undefined) return;
  const { place } = cancel;
  const from = place?.file !== undefined && place.file !== hit.file ? `, ${spotWords(place)}` : '';
  markAt(hit).hits.push(call !== null && from === '' ? '' : `${askerWords(cancel, name)}${from}`);
  for (const spot of further) {
    const mark = markAt(spot);
    if (mark.kind === '' || mark.kind === 'wait') mark.kind = 'unwinding';
  }
}

function spotWords({ file, line }: TracePlace): string {
  return `${file}, line ${line}`;
}

/** The ways of the cancellations that are under way at a moment; equal ones count once. */
export function waysAt(model: Model, moment: number, sources: Sources): Way[] {
  const ways = new Map<string, Way>();
  for (const cancel of activeAt(model, moment)) {
    const way = { from: spotOf(cancel.place, sources), stops: stopsAt(cancel, moment, sources) };
    if (way.stops.length > 0) ways.set(JSON.stringify(way), way);
  }
  return [...ways.values()];
}

/** The cancellations under way at a moment: from the call to the end of the way out. */
function activeAt({ cancels }: Model, moment: number): Cancel[] {
  return cancels.filter((one) => one.moment <= moment && moment <= one.until);
}

function stopsAt({ steps }: Cancel, moment: number, sources: Sources): Spot[] {
  const spots = steps.filter((step) => step.moment <= moment).map(({ place }) => spotOf(place, sources));
  return spots.filter((spot, at): spot is Spot => {
    const before = spots[at - 1];
    return spot !== null && !(before?.file === spot.file && before.line === spot.line);
  });
}

function spotOf(place: TracePlace | null | undefined, sources: Sources): Spot | null {
  if (place?.file === undefined || !place.line || sources[place.file] === undefined) return null;
  return { file: place.file, line: place.line };
}

/** The last call of `cancel` that a running task made in this step. */
function callOf({ cancels }: Model, task: number, from: number, moment: number): TracePlace | null {
  const made = cancels.filter((one) => one.by.kind === 'task' && one.by.task === task && one.through === undefined);
  return made.findLast((one) => one.moment >= from && one.moment <= moment)?.place ?? null;
}

/** A running task stands at no await: it is shown at the one that it came from. */
function lastPlace(lane: Lane, moment: number): TracePlace | null {
  let [low, high] = [0, lane.stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane.stretches[middle]?.from ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at--) {
    const place = lane.stretches[at]?.place;
    if (place) return place;
  }
  return lane.place;
}

function chipsOf({ calls, hits, names }: Pick<Mark, 'calls' | 'hits' | 'names'>): string {
  const cut = (text: string): string => `<span class="chip cut">${safe(text)}</span>`;
  const called = [...calls].map(([elsewhere, tasks]) => cut(`cancels ${listed(tasks)}${elsewhere}`));
  const by = [...new Set(hits)].filter((one) => one !== '');
  const hit = hits.length === 0 ? '' : cut(by.length === 0 ? 'cancelled here' : `cancelled here by ${listed(by)}`);
  const shown = [...names].sort((a, b) => Number(b.running) - Number(a.running)).slice(0, MOST_CHIPS);
  const who = shown.map((one) => `<span class="chip ${one.running ? 'on' : ''}">${safe(one.name)}</span>`);
  const rest = names.length > MOST_CHIPS ? `<span class="none">and ${names.length - MOST_CHIPS} more</span>` : '';
  return `${called.join('')}${hit}${who.join('')}${rest}`;
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}
