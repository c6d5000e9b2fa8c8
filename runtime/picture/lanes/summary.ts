// What a picture says about the whole trace: its title, the notes below the lanes, and a sentence for people who cannot
// see it. The page of a figure gets them ready, so that the player need not carry what makes them.

import type { Block, Model } from '../model/model.ts';
import { deadlocks, type Standing } from '../model/waits.ts';
import { formatSeconds } from './axis.ts';
import { blockWords, count, endingWords, lostWords, namesOf, waitWords } from './words.ts';

/** A trace in a few words. */
export interface Summary {
  readonly title: string;
  readonly notes: readonly Note[];
  readonly said: string;
}

/** The summary of a trace; `left` is how many lanes are not drawn. */
export function summaryOf(model: Model, left = 0): Summary {
  return { title: headline(model), notes: notesOf(model, left), said: describe(model) };
}

/** The heading: what was traced, and how long it took. */
export function headline({ lanes, times, clock }: Model): string {
  const [first] = lanes;
  if (first === undefined) return 'Nothing was traced';
  const roots = lanes.filter(({ depth }) => depth === 0);
  const tasks = lanes.length === 1 ? '1 task' : `${lanes.length} tasks`;
  const what = roots.length === 1 ? `${first.name}: ` : '';
  const kind = clock === 'virtual' ? ' of virtual time' : '';
  return `${what}${tasks}, ${formatSeconds(times.at(-1) ?? 0)}${kind}`;
}

/** A remark below the lanes. */
export interface Note {
  readonly kind: 'failed' | 'lost' | 'block' | 'plain';
  readonly text: string;
}

const MOST_NOTES = 4;

/** The remarks of a picture; `left` is how many lanes are not drawn. */
export function notesOf(model: Model, left = 0): Note[] {
  const name = namesOf(model);
  const failed = model.lanes
    .filter(({ ending }) => ending === 'failed')
    .map((lane) => `${lane.name} ${endingWords(lane)}`);
  const notes: Note[] = [
    ...some('failed', failed, 'more tasks failed'),
    ...some(
      'block',
      longest(model.blocks).map((one) => `${name(one.task)} ${blockWords(one)}`),
      'more long steps',
    ),
    ...some('lost', model.forgotten.map(lostWords), 'more were never awaited'),
  ];
  const rings = deadlocks(model).map(ringWords);
  notes.unshift(...some('failed', rings, 'more deadlocks'));
  const unfinished = model.lanes.filter(({ ending }) => ending === 'unfinished').length;
  if (unfinished > 0)
    notes.push({ kind: 'plain', text: `${count(unfinished, 'task')} not finished when the trace ended` });
  if (model.lanes.length === 0) notes.push({ kind: 'plain', text: 'No task took a step while the trace was on.' });
  if (left > 0) notes.push({ kind: 'plain', text: `${count(left, 'more task')} not drawn` });
  if (model.dropped > 0) {
    notes.push({ kind: 'plain', text: `The trace was full: ${model.dropped} later records were dropped.` });
  }
  return notes;
}

/** `deadlock: A waits for lock left (held by B), B waits for lock right (held by A)`. */
export function ringWords(ring: readonly Standing[]): string {
  const held = ring.map(({ lane, stretch }, at) => {
    const next = ring[(at + 1) % ring.length]?.lane.name ?? '';
    const on = waitWords(stretch);
    return `${lane.name} waits for ${on.endsWith(` ${next}`) ? on : `${on} (${next})`}`;
  });
  return `deadlock: ${held.join(', ')}`;
}

function longest(blocks: readonly Block[]): Block[] {
  return [...blocks].sort((a, b) => b.seconds - a.seconds);
}

function some(kind: Note['kind'], texts: readonly string[], rest: string): Note[] {
  const shown = texts.slice(0, MOST_NOTES).map((text) => ({ kind, text }));
  return texts.length > MOST_NOTES ? [...shown, { kind, text: `${texts.length - MOST_NOTES} ${rest}` }] : shown;
}

/** For people who cannot see the picture: how many tasks ended how. The text form has the rest. */
function describe(model: Model): string {
  const endings = (['done', 'failed', 'cancelled', 'unfinished'] as const).flatMap((ending) => {
    const number = model.lanes.filter((lane) => lane.ending === ending).length;
    return number === 0 ? [] : [`${number} ${ending}`];
  });
  return `One lane per task, time to the right. Hollow: not begun; solid: running, one at any instant; hatched: suspended. ${endings.join(', ')}.`;
}
