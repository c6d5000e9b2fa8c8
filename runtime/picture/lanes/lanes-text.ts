// The lanes as text for terminals and screen readers: a chart made of characters, then each task in words.

import { columns, padEnd } from '../../width.ts';
import { type Lane, type Model, type State, secondsOf } from '../model/model.ts';
import { axisOf, formatSeconds } from './axis.ts';
import { headline, notesOf } from './summary.ts';
import {
  cancelWords,
  count,
  endingWords,
  lostWords,
  type NameOf,
  namesOf,
  placeWords,
  printWords,
  waitWords,
} from './words.ts';

const CHART = 56;
const NAMES = 24;
/** How many lanes are drawn and described, in a terminal, in a notebook, and beside a picture. */
const MOST_LANES = { whole: 40, brief: 6, beside: 0 } as const;
const MOST_DESCRIBED = { whole: 12, brief: 6, beside: 6 } as const;
/** Of a crowd a notebook stores a sample: most characters of the chart take three bytes. */
const SAMPLE = 3;
const MOST_CANCELS = 12;
const MOST_WAITS = 6;
const MOST_PRINTS = 20;

/** If two states share a column, the one named first here is shown; otherwise a short step would be invisible. */
const CHARACTERS: readonly (readonly [State, string])[] = [
  ['running', '█'],
  ['created', '□'],
  ['ready', '▒'],
  ['suspended', '-'],
];
const ENDS = { done: ' ✓', failed: ' ✕', cancelled: ' ⊘', unfinished: '' };

/** A model's lanes as lines of text. */
export function textOf(model: Model, length: 'whole' | 'brief' | 'beside' = 'whole'): string {
  const crowd = length === 'brief' && model.lanes.length > MOST_LANES.brief;
  const most = crowd ? SAMPLE : MOST_DESCRIBED[length];
  const name = namesOf(model);
  const shown = model.lanes.slice(0, crowd ? SAMPLE : MOST_LANES[length]);
  const hidden = shown.length === 0 ? 0 : model.lanes.length - shown.length;
  const names = shown.map(({ depth, name: own }) => cut(`${'  '.repeat(Math.min(depth, 5))}${own}`));
  const lost = model.forgotten.slice(0, most).map((one) => cut(`${one.name}()`));
  const width = Math.max(0, ...[...names, ...lost].map(columns));
  const chart = charter(model);
  const lines = [
    headline(model),
    ...(shown.length === 0 ? [] : [`${' '.repeat(width)} □ created  █ running  - suspended  ▒ ready`]),
    ...shown.map((lane, at) => `${padEnd(names[at] ?? '', width)} ${chart(lane)}`),
    ...model.forgotten.slice(0, most).map((one, at) => `${padEnd(lost[at] ?? '', width)} □ ${lostWords(one)}`),
    ...(shown.length === 0 ? [] : ['']),
    ...model.lanes.slice(0, most).map((lane) => described(model, lane, name)),
    ...(model.lanes.length > most ? [`and ${count(model.lanes.length - most, 'more task')}`] : []),
    ...cancelLines(model, name),
    ...printLines(model, name),
    ...notesOf(model, hidden).map(({ text }) => text),
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function cut(text: string): string {
  const line = text.replaceAll(/\s/g, ' ');
  const half = NAMES >> 1;
  return columns(line) <= NAMES ? line : `${[...line].slice(0, half).join('')}…${[...line].slice(1 - half).join('')}`;
}

function charter(model: Model): (lane: Lane) => string {
  const axis = axisOf(model, CHART);
  return (lane) => {
    const cells: string[] = new Array(Math.floor(axis.x(lane.from))).fill(' ');
    for (const [state, character] of [...CHARACTERS].reverse()) {
      for (const stretch of lane.stretches) {
        if (stretch.state !== state) continue;
        const from = Math.floor(axis.x(stretch.from));
        const to = Math.max(from + 1, Math.floor(axis.x(stretch.to)));
        for (let at = from; at < to; at++) cells[at] = character;
      }
    }
    return Array.from(cells, (cell) => cell ?? ' ').join('') + ENDS[lane.ending];
  };
}

/** `boss cancels guest ("late") at line 18; it arrives at line 4, then passes line 7, line 9`. */
function cancelLines(model: Model, name: NameOf): string[] {
  const said = model.cancels.slice(0, MOST_CANCELS).map((cancel) => {
    const [hit, ...out] = cancel.steps.map(({ place }) => placeWords(place, place.file !== cancel.place?.file));
    const arrives = hit === undefined || hit === '' || cancel.received === undefined ? '' : `; it arrives at ${hit}`;
    const passes = arrives === '' || out.length === 0 ? '' : `, then passes ${out.join(', ')}`;
    return `${cancelWords(cancel, name)}${arrives}${passes}`;
  });
  const more = model.cancels.length - said.length;
  return more > 0 ? [...said, `and ${count(more, 'more cancellation')}`] : said;
}

/** `work-1 (work): sleep(0.2) line 4 for 200 ms, lock printer held by work-2 for 1 s; done after 1.2 s`. */
function described(model: Model, lane: Lane, name: NameOf): string {
  const waits = lane.stretches.filter(({ state }) => state === 'suspended');
  const said = waits.slice(0, MOST_WAITS).map((stretch) => {
    const on = waitWords(stretch);
    const held =
      typeof stretch.waitsFor === 'number' && !on.startsWith('task ') ? `held by ${name(stretch.waitsFor)}` : '';
    const words = [on, held, placeWords(stretch.place), `for ${formatSeconds(secondsOf(model, stretch))}`];
    return words.filter((word) => word !== '').join(' ');
  });
  if (waits.length > MOST_WAITS) said.push(`${count(waits.length - MOST_WAITS, 'more wait')}`);
  const life = `${endingWords(lane)} after ${formatSeconds(secondsOf(model, lane))}`;
  return `${lane.name}: ${said.length === 0 ? '' : `waits for ${said.join(', ')}; `}${life}`;
}

/** `bake prints “dough”`, in the order of the output. */
function printLines({ prints }: Model, name: NameOf): string[] {
  const said = prints.slice(0, MOST_PRINTS).map((one) => printWords(one, name));
  return prints.length > said.length ? [...said, `and ${count(prints.length - said.length, 'more line')}`] : said;
}
