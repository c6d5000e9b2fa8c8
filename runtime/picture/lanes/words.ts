// What the pictures say in words: tooltips of bars, notes below the lanes, causes. One wording for SVG, HTML and text.

import type { TraceCause, TracePlace } from '../../asyncio/engine/trace-records.ts';
import { type Block, type Cancel, type Lane, type Model, type Print, type Stretch, secondsOf } from '../model/model.ts';
import type { Lost } from '../record/recording.ts';
import { formatSeconds } from './axis.ts';

/** The name of a task by its number. */
export type NameOf = (task: number) => string;

/** Looks up names; a task that the trace does not know gets the name that the loop would give it. */
export function namesOf({ lanes }: Model): NameOf {
  const names = new Map(lanes.map(({ task, name }) => [task, name]));
  return (task) => names.get(task) ?? `Task-${task}`;
}

/** What a task waits for, as people write it: `sleep(0.45)` for 0.44999999999999996. */
export function waitWords({ on = '' }: Stretch): string {
  return on.replace(/\d+\.\d{6,}/g, (number) => String(Number(Number(number).toPrecision(6))));
}

/** The seconds of a sleep; undefined if the stretch is no sleep, or the sleep takes no time. */
export function delayOf({ state, on = '' }: Stretch): number | undefined {
  if (state !== 'suspended') return undefined;
  const delay = Number(/^sleep\((\d[\d.e+-]*)\)$/.exec(on)?.[1]);
  return delay > 0 ? delay : undefined;
}

/** How many seconds of a sleep are left at a time; rounded to nanoseconds because sums of seconds are not exact. */
export function leftOf({ times }: Model, { from }: Stretch, delay: number, now: number): number {
  return Math.round(((times[from] ?? 0) + delay - now) * 1e9) / 1e9;
}

/** `line 3`, or with its file: `Cell [1], line 3`. */
export function placeWords(place: TracePlace | null | undefined, withFile = false): string {
  if (place?.line === undefined || place.line === 0) return '';
  return withFile && place.file !== undefined ? `${place.file}, line ${place.line}` : `line ${place.line}`;
}

/** Who or what caused something. */
export function causeWords(by: TraceCause, name: NameOf): string {
  if (by.kind === 'task') return name(by.task);
  if (by.kind === 'timer') return 'its timer';
  return by.kind === 'callback' ? 'a callback' : 'code outside the loop';
}

/** A stretch in one line: `suspended 0.5 s: sleep(0.5), in work, Cell [3], line 4`. */
export function stretchWords(model: Model, stretch: Stretch, name: NameOf): string {
  const time = formatSeconds(secondsOf(model, stretch));
  if (stretch.state === 'created') return `created, not begun for ${time}`;
  if (stretch.state === 'running') return `running ${time}`;
  if (stretch.state === 'ready') {
    return `ready for ${time}${stretch.by === undefined ? '' : `, woken by ${causeWords(stretch.by, name)}`}`;
  }
  const { waitsFor, place } = stretch;
  const on = waitWords(stretch);
  const held = typeof waitsFor === 'number' && !on.startsWith('task ') ? `, held by ${name(waitsFor)}` : '';
  const where = [place?.name, placeWords(place, true)].filter((part) => part !== undefined && part !== '');
  return `suspended ${time}: ${on}${held}${where.length === 0 ? '' : `, in ${where.join(', ')}`}`;
}

/** How a lane ended. */
export function endingWords({ ending, error }: Lane): string {
  if (ending === 'failed') return `failed: ${error ?? 'an error'}`;
  return ending === 'unfinished' ? 'not finished' : ending;
}

/** `bake prints “dough”`. */
export function printWords({ task, text }: Print, name: NameOf): string {
  const line = text.replace(/\n$/, '').replaceAll(/\s+/g, ' ');
  const cut = line.length > LONGEST_PRINT ? `${line.slice(0, LONGEST_PRINT)}…` : line;
  return `${task === null ? 'a callback' : name(task)} prints “${cut}”`;
}

const LONGEST_PRINT = 80;

export function blockWords({ seconds }: Block): string {
  return `blocks the loop ${formatSeconds(seconds)}`;
}

export function lostWords({ name, file, line, held = false }: Lost): string {
  const where = [file, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined);
  const said = held ? 'was not awaited by the end of the trace' : 'was never awaited';
  return `coroutine '${name}' ${said}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
}

export function cancelWords(cancel: Cancel, name: NameOf): string {
  const { task, message, received, place, steps } = cancel;
  const said = message === undefined || message === '' ? '' : ` ("${message}")`;
  // The file is named only if the interrupted await is in another file.
  const hit = steps[0]?.place.file;
  const where = placeWords(place, hit !== undefined && hit !== place?.file);
  const at = where === '' ? '' : ` at ${where}`;
  return `${askerWords(cancel, name)} cancels ${name(task)}${said}${at}${received === undefined ? ', which never noticed' : ''}`;
}

const ASKERS: Readonly<Record<string, string>> = {
  timeout: 'a timeout',
  TaskGroup: 'a TaskGroup',
  waitFor: 'waitFor',
  cancelScope: 'a cancelScope',
  AbortSignal: 'an AbortSignal',
  run: 'the end of run()',
  shutdown: 'the shutdown',
};

/** Who cancels: a task by its name, or a part of the library and the task that made it do so. */
export function askerWords({ task, by, through }: Cancel, name: NameOf): string {
  if (through === undefined) return causeWords(by, name);
  const asker = ASKERS[through] ?? through;
  return by.kind === 'task' && by.task !== task ? `${asker} (because of ${name(by.task)})` : asker;
}

/** `1 task`, `2 tasks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
