// What stands below the lanes, for one moment: the loop's queues, the source with its lit lines, and a line in words.
// Each is HTML made of the model; where it is put is main.ts's affair.

import { formatSeconds } from '../axis.ts';
import { safe } from '../markup.ts';
import { type Cancel, type Lane, type Model, type Stretch, secondsOf, stretchAt } from '../model.ts';
import { cancelWords, causeWords, type NameOf, placeWords, stretchWords, waitWords } from '../words.ts';

const MOST_CHIPS = 24;

interface Alive {
  readonly lane: Lane;
  readonly stretch: Stretch;
}

/** The tasks that live at a moment. */
export function aliveAt(model: Model, moment: number): Alive[] {
  return model.lanes.flatMap((lane) => {
    const stretch = stretchAt(lane, moment);
    return stretch === undefined ? [] : [{ lane, stretch }];
  });
}

/** One line in words: time, pass of the loop, and what happens. */
export function statusOf(model: Model, moment: number, name: NameOf): string {
  const time = formatSeconds(model.times[moment] ?? 0);
  return `<b>${time}</b> · pass ${model.iterations[moment] ?? 0} · ${safe(happening(model, moment, name))}`;
}

function happening(model: Model, moment: number, name: NameOf): string {
  const cancel = model.cancels.find((one) => one.moment === moment);
  if (cancel !== undefined) return cancelWords(cancel, name);
  const ended = model.lanes.find(({ to, ending }) => to === moment && ending !== 'unfinished');
  if (ended !== undefined)
    return `${ended.name} ${ended.ending === 'failed' ? `failed: ${ended.error}` : `is ${ended.ending}`}`;
  const alive = aliveAt(model, moment);
  const fresh = alive.find(({ stretch }) => stretch.from === moment);
  if (fresh !== undefined) return `${fresh.lane.name} ${beginning(model, fresh.stretch, name)}`;
  const running = alive.find(({ stretch }) => stretch.state === 'running');
  return running === undefined ? 'the loop waits' : `${running.lane.name} runs`;
}

function beginning(model: Model, stretch: Stretch, name: NameOf): string {
  const { state, by } = stretch;
  if (state === 'created') return 'is created; nothing of it has run';
  if (state === 'running') return `runs, for ${formatSeconds(secondsOf(model, stretch))}`;
  if (state === 'ready') return `is ready: woken by ${by === undefined ? 'the loop' : causeWords(by, name)}`;
  const where = placeWords(stretch.place);
  return `waits for ${waitWords(stretch)}${where === '' ? '' : ` at ${where}`}`;
}

/** The loop at a moment: what it runs, what is ready in the order of its turn, and its timers by when they are due. */
export function stripOf(model: Model, moment: number, name: NameOf): string {
  const alive = aliveAt(model, moment);
  const chip = ({ lane, stretch }: Alive, kind: string, more = ''): string =>
    `<span class="chip ${kind}" title="${safe(stretchWords(model, stretch, name))}">${safe(lane.name)}${more}</span>`;
  const running = alive.filter(({ stretch }) => stretch.state === 'running');
  const ready = alive
    .filter(({ stretch }) => stretch.state === 'ready' || stretch.state === 'created')
    .sort((a, b) => a.stretch.from - b.stretch.from);
  const timers = alive
    .flatMap((one) => {
      const delay = /^sleep\((\d[\d.e+-]*)\)$/.exec(one.stretch.on ?? '')?.[1];
      if (one.stretch.state !== 'suspended' || delay === undefined || Number(delay) === 0) return [];
      return [{ one, left: (model.times[one.stretch.from] ?? 0) + Number(delay) - (model.times[moment] ?? 0) }];
    })
    .sort((a, b) => a.left - b.left);
  const rows: [string, string[]][] = [
    ['running', running.map((one) => chip(one, 'on'))],
    ['ready queue', ready.map((one) => chip(one, one.stretch.state === 'created' ? 'new' : 'next'))],
    [
      'timers',
      timers.map(({ one, left }) =>
        chip(one, 'timer', ` <small>${left <= 0 ? 'due' : `in ${formatSeconds(left)}`}</small>`),
      ),
    ],
  ];
  return rows
    .map(([word, chips]) => `<div class="queue"><span class="word">${word}</span>${chipsOf(chips)}</div>`)
    .join('');
}

function chipsOf(chips: readonly string[]): string {
  if (chips.length === 0) return '<span class="none">empty</span>';
  const rest = chips.length > MOST_CHIPS ? `<span class="none">and ${chips.length - MOST_CHIPS} more</span>` : '';
  return chips.slice(0, MOST_CHIPS).join('') + rest;
}

interface Mark {
  readonly kind: 'on' | 'wait' | 'unwinding';
  readonly names: string[];
}

/** The cell's lines, lit: where the running task is, where others wait, what a cancellation hit. */
export function sourceOf(model: Model, moment: number, sources: Readonly<Record<string, string>>): string {
  const alive = aliveAt(model, moment);
  const marks = new Map<string, Map<number, Mark>>();
  for (const { lane, stretch } of alive) {
    const place = stretch.place ?? lastPlace(lane, moment);
    if (place?.file === undefined || place.line === undefined || sources[place.file] === undefined) continue;
    const kind = stretch.state === 'running' ? 'on' : unwinding(model, lane, moment) ? 'unwinding' : 'wait';
    const lines = marks.get(place.file) ?? new Map<number, Mark>();
    marks.set(place.file, lines);
    const mark = lines.get(place.line);
    if (mark === undefined) lines.set(place.line, { kind, names: [lane.name] });
    else {
      mark.names.push(lane.name);
      if (kind === 'on' || mark.kind === 'wait')
        lines.set(place.line, { kind: mark.kind === 'on' ? 'on' : kind, names: mark.names });
    }
  }
  return Object.entries(sources)
    .map(([file, text]) => fileOf(file, text, marks.get(file) ?? new Map(), cancelsAt(model, moment, file)))
    .join('');
}

/** A running task has no await of its own: the one that it came from is where it is. */
function lastPlace(lane: Lane, moment: number): Stretch['place'] {
  const before = lane.stretches.filter(({ from, state }) => from < moment && state === 'suspended');
  return before.at(-1)?.place ?? lane.place;
}

/** Cancelled, and on its way out through its finally blocks. */
function unwinding({ cancels }: Model, { task }: Lane, moment: number): boolean {
  return cancels.some(({ task: struck, received }) => struck === task && received !== undefined && received <= moment);
}

interface Jump {
  readonly from: number;
  readonly to: number;
}

/** From the line of who cancels to the await that receives it, until the task is stepped. */
function cancelsAt(model: Model, moment: number, file: string): Jump[] {
  const current = model.cancels.filter(
    ({ moment: asked, received = asked + 3 }: Cancel) => asked <= moment && moment <= received,
  );
  return current.flatMap(({ task, by, moment: asked }) => {
    const lineOf = (which: number): number | undefined => {
      const lane = model.lanes.find((one) => one.task === which);
      const place = lane && (stretchAt(lane, asked)?.place ?? lastPlace(lane, asked));
      return place?.file === file ? place.line : undefined;
    };
    const [from, to] = [by.kind === 'task' ? lineOf(by.task) : undefined, lineOf(task)];
    return to === undefined ? [] : [{ from: from ?? to, to }];
  });
}

function fileOf(file: string, text: string, marks: ReadonlyMap<number, Mark>, jumps: readonly Jump[]): string {
  const lines = text
    .trimEnd()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line, at) => {
      const mark = marks.get(at + 1);
      const hit = jumps.some(({ to }) => to === at + 1) ? '<span class="chip cut">cancelled here</span>' : '';
      const call = jumps.some(({ from, to }) => from === at + 1 && from !== to)
        ? '<span class="chip cut">cancels ↴</span>'
        : '';
      const who =
        mark === undefined
          ? ''
          : chipsOf(
              mark.names.map((one) => `<span class="chip ${mark.kind === 'on' ? 'on' : 'timer'}">${safe(one)}</span>`),
            );
      return `<li class="${mark?.kind ?? ''}"><code>${safe(line)}</code><span class="who">${call}${hit}${who}</span></li>`;
    });
  return `<div class="file"><div class="word">${safe(file)}</div><ol>${lines.join('')}</ol></div>`;
}
