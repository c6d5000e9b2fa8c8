// What stands below the lanes at one moment: the loop's queues, and a line in words. Each is HTML made from the model;
// main.ts puts it into the page. The panel of the source is in source-lines.ts.

import { safe, textWidth } from '../draw/svg-text.ts';
import { formatSeconds } from '../lanes/axis.ts';
import {
  cancelWords,
  causeWords,
  delayOf,
  leftOf,
  type NameOf,
  placeWords,
  printWords,
  stretchWords,
  waitWords,
} from '../lanes/words.ts';
import { type Lane, type Model, type Stretch, secondsOf, stretchAt } from '../model/model.ts';

const MOST_CHIPS = 24;
/** The loop is said to sleep if nothing happens for so many seconds. */
const REST = 0.0005;

/** A task and what it does at a moment. */
export interface Alive {
  readonly lane: Lane;
  readonly stretch: Stretch;
}

/** The tasks that are alive at a moment. */
export function aliveAt(model: Model, moment: number): Alive[] {
  return model.lanes.flatMap((lane) => {
    const stretch = stretchAt(lane, moment);
    return stretch === undefined ? [] : [{ lane, stretch }];
  });
}

/** The width of the word in front of a queue, of a chip's frame with the gap, and of the words that say when it is due. */
const [WORD, FRAME, DUE] = [86, 13, 68];

/** How wide the ready queue and the queue of sleepers become, in pixels. */
export function widestQueues({ lanes, times }: Model): readonly number[] {
  const queues = [times, times].map(({ length }) => new Float64Array(length + 1));
  for (const { name, stretches } of lanes) {
    for (const stretch of stretches) {
      const due = delayOf(stretch) === undefined ? 0 : DUE;
      const queue = queues[due > 0 ? 1 : 0];
      if (queue === undefined || (due === 0 && !['ready', 'created'].includes(stretch.state))) continue;
      const wide = textWidth(name, 11.5) + FRAME + due;
      queue[stretch.from] = (queue[stretch.from] ?? 0) + wide;
      queue[stretch.to] = (queue[stretch.to] ?? 0) - wide;
    }
  }
  return queues.map((queue) => {
    let [now, widest] = [WORD, WORD];
    for (const by of queue) {
      now += by;
      widest = Math.max(widest, now);
    }
    return widest;
  });
}

/** How many rows a queue of that width takes in a panel; what is more than three rows scrolls. */
export function rowsOf(queue: number, width: number): number {
  // Chips do not fill their rows.
  return queue <= width ? 1 : Math.min(3, Math.ceil((queue - WORD) / (width - WORD) + 0.4));
}

/** One line in words: the time, the loop's pass, and what happens; `now` lies between two moments during playback. */
export function statusOf(model: Model, moment: number, name: NameOf, now = model.times[moment] ?? 0): string {
  const time = formatSeconds(now);
  return `<b>${time}</b> · pass ${model.iterations[moment] ?? 0} · ${safe(happening(model, moment, name))}`;
}

function happening(model: Model, moment: number, name: NameOf): string {
  const print = model.prints.find((one) => one.moment === moment);
  if (print !== undefined) return printWords(print, name);
  const cancel = model.cancels.find((one) => one.moment === moment);
  if (cancel !== undefined) return cancelWords(cancel, name);
  const ended = model.lanes.find(({ to, ending }) => to === moment && ending !== 'unfinished');
  if (ended !== undefined)
    return `${ended.name} ${ended.ending === 'failed' ? `failed: ${ended.error}` : `is ${ended.ending}`}`;
  const alive = aliveAt(model, moment);
  const known = alive.find(({ lane }) => lane.found && lane.from === moment);
  if (known !== undefined) return `${known.lane.name} was there before the trace began`;
  const fresh = alive.find(({ stretch }) => stretch.from === moment);
  if (fresh !== undefined) return `${fresh.lane.name} ${beginning(model, fresh.stretch, name)}`;
  const running = alive.find(({ stretch }) => stretch.state === 'running');
  if (running !== undefined) return `${running.lane.name} runs`;
  return alive.length === 0 ? 'no task is alive' : 'the loop waits';
}

function beginning(model: Model, stretch: Stretch, name: NameOf): string {
  const { state, by } = stretch;
  if (state === 'created') return 'is created; nothing of it has run';
  if (state === 'running') return `runs${stepWords(model, secondsOf(model, stretch))}`;
  if (state === 'ready') return `is ready: woken by ${by === undefined ? 'the loop' : causeWords(by, name)}`;
  const where = placeWords(stretch.place);
  return `waits for ${waitWords(stretch)}${where === '' ? '' : ` at ${where}`}`;
}

/** A virtual clock stands still during a step, which says nothing about how long the step took. */
function stepWords({ clock }: Model, seconds: number): string {
  if (seconds > 0) return `, for ${formatSeconds(seconds)}`;
  return clock === 'virtual' ? '; the virtual clock stands still meanwhile' : '';
}

/** The loop at a moment: the running task, the ready tasks in the order in which they will run, and the timers. */
export function stripOf(model: Model, moment: number, name: NameOf, now = model.times[moment] ?? 0): string {
  const alive = aliveAt(model, moment);
  const chip = ({ lane, stretch }: Alive, kind: string, more = ''): string =>
    `<span class="chip ${kind}" title="${safe(stretchWords(model, stretch, name))}">${safe(lane.name)}${more}</span>`;
  const running = alive.filter(({ stretch }) => stretch.state === 'running');
  const ready = alive
    .filter(({ stretch }) => stretch.state === 'ready' || stretch.state === 'created')
    .sort((a, b) => a.stretch.from - b.stretch.from);
  const timers = timersAt(model, now, alive);
  const rests = (model.times[moment + 1] ?? now) - now >= REST;
  const due = ({ one, left }: Timer): string =>
    chip(one, 'timer', ` <span class="due">${left <= 0 ? 'due' : `in ${formatSeconds(left)}`}</span>`);
  const rows: [string, string[], string][] = [
    ['runs', running.map((one) => chip(one, 'on')), idleWords(alive, ready, timers, rests)],
    ['ready queue', ready.map((one) => chip(one, one.stretch.state === 'created' ? 'new' : 'next')), 'empty'],
    // Only tasks are recorded, so the timer of a timeout is not shown.
    ['sleeping', timers.map(due), 'nobody'],
  ];
  return rows
    .map(([word, chips, none]) => `<div class="queue"><span class="word">${word}</span>${chipsOf(chips, none)}</div>`)
    .join('');
}

interface Timer {
  readonly one: Alive;
  /** Seconds until it is due. */
  readonly left: number;
}

function timersAt(model: Model, now: number, alive: readonly Alive[]): Timer[] {
  const timers = alive.flatMap((one) => {
    const delay = delayOf(one.stretch);
    if (delay === undefined) return [];
    return [{ one, left: leftOf(model, one.stretch, delay, now) }];
  });
  return timers.sort((a, b) => a.left - b.left);
}

/** Why no task is running; `rests`: nothing else happens for a while. */
function idleWords(alive: readonly Alive[], ready: readonly Alive[], timers: readonly Timer[], rests: boolean): string {
  if (alive.length === 0) return 'nothing: no task is alive';
  if (ready.length > 0 || !rests) return 'nothing yet';
  const left = timers[0]?.left;
  if (left === undefined) return 'asleep: nothing is ready';
  return left <= 0 ? 'nothing yet: a timer is due' : `asleep for ${formatSeconds(left)} more`;
}

function chipsOf(chips: readonly string[], none: string): string {
  if (chips.length === 0) return `<span class="none">${none}</span>`;
  const rest = chips.length > MOST_CHIPS ? `<span class="none">and ${chips.length - MOST_CHIPS} more</span>` : '';
  return chips.slice(0, MOST_CHIPS).join('') + rest;
}
