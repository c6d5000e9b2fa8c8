// The boxes and arrows of the await graph at one moment: a box for each task with its stack of coroutines, one for
// several tasks that do the same, one for each lock, queue or event that tasks wait for. box-layout.ts places them.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { formatSeconds } from '../lanes/axis.ts';
import { count, delayOf, leftOf, type NameOf, namesOf, placeWords, waitWords } from '../lanes/words.ts';
import type { Model, State } from '../model/model.ts';
import { type Standing, standingAt } from '../model/waits.ts';

/** A box: one task, several that do the same, or something that is waited for. */
export interface Node {
  readonly id: string;
  readonly title: string;
  /** Of a task: its coroutines, outermost first, then what it waits for. */
  readonly lines: readonly string[];
  /** The state of a task; undefined for what is waited for. */
  readonly state?: State;
  /** It is part of a deadlock. */
  readonly stuck: boolean;
  /** How many tasks the box stands for. */
  readonly tasks: number;
}

/** An arrow from a waiting task to what it waits for, or from that to the task that holds it. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly stuck: boolean;
}

/** The boxes and arrows of a moment. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** How many tasks have no box. */
  readonly hidden: number;
}

const MOST = 20;
/** From this number on, tasks that do the same share one box. */
const ALIKE = 4;
const MOST_FRAMES = 3;

/** Who waits for whom, and for what. */
export function graphAt(model: Model, moment: number): Graph {
  const all = standingAt(model, moment);
  const groups = grouped(all);
  const chosen = mostTelling(groups);
  const idOf = new Map(chosen.flatMap((group) => group.map(({ lane }) => [lane.task, `task ${group[0]?.lane.task}`])));
  const name = namesOf(model);
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const join = (edge: Edge): void => void edges.set(`${edge.from}>${edge.to}`, edge);
  for (const group of chosen) {
    const [first] = group;
    if (first === undefined) continue;
    const from = idOf.get(first.lane.task) ?? '';
    nodes.set(from, taskNode(from, group, model, moment));
    for (const one of group) {
      const thing = thingOf(one, all, name);
      if (thing !== undefined) {
        nodes.set(thing.id, thing);
        join({ from, to: thing.id, stuck: one.stuck });
      }
      for (const task of one.awaits) {
        const to = idOf.get(task);
        if (to !== undefined) join({ from: thing?.id ?? from, to, stuck: one.stuck && stuckIn(all, task) });
      }
    }
  }
  const shown = chosen.reduce((sum, group) => sum + group.length, 0);
  return { nodes: [...nodes.values()], edges: [...edges.values()], hidden: all.length - shown };
}

function stuckIn(all: readonly Standing[], task: number): boolean {
  return all.some(({ lane, stuck }) => stuck && lane.task === task);
}

/** Groups tasks that do the same in the same place and are waited for by the same tasks. */
function grouped(all: readonly Standing[]): Standing[][] {
  const waiters = new Map<number, string[]>();
  for (const one of all) {
    for (const task of one.awaits) {
      const list = waiters.get(task) ?? [];
      waiters.set(task, list);
      list.push(kindOf(one));
    }
  }
  const groups = Map.groupBy(all, (one) => {
    if (one.stuck || one.stretch.state === 'running') return String(one.lane.task);
    return `${kindOf(one)} ${[...new Set(waiters.get(one.lane.task))].sort()}`;
  });
  return [...groups.values()].flatMap((group) => (group.length < ALIKE ? group.map((one) => [one]) : [group]));
}

function kindOf({ lane, stretch: { state, place, on = '' } }: Standing): string {
  return [state, lane.place?.name, lane.place?.line, place?.name, place?.line, on.replace(/[\d.(].*$/s, '')].join('|');
}

/** Keeps deadlocks first, then what runs, then tasks that wait for others or are waited for. */
function mostTelling(groups: readonly Standing[][]): readonly Standing[][] {
  if (groups.length <= MOST) return groups;
  const awaited = new Set(groups.flatMap((group) => group.flatMap(({ awaits }) => awaits)));
  const weight = (group: readonly Standing[]): number =>
    (group.some(({ stuck }) => stuck) ? 16 : 0) +
    (group[0]?.stretch.state === 'running' ? 8 : 0) +
    (group.length > 1 ? 4 : 0) +
    (group.some(({ awaits }) => awaits.length > 0) ? 2 : 0) +
    (group.some(({ lane }) => awaited.has(lane.task)) ? 1 : 0);
  const kept = new Set([...groups].sort((a, b) => weight(b) - weight(a)).slice(0, MOST));
  return groups.filter((group) => kept.has(group));
}

function taskNode(id: string, group: readonly Standing[], model: Model, moment: number): Node {
  const [{ lane, stretch, stuck }] = group as [Standing];
  const title = group.length === 1 ? lane.name : `${lane.name} and ${group.length - 1} more`;
  const lines = linesOf(group, model, moment);
  return { id, title, lines: stuck ? [...lines, 'deadlock'] : lines, state: stretch.state, stuck, tasks: group.length };
}

function linesOf(group: readonly Standing[], model: Model, moment: number): string[] {
  const [{ stretch }] = group as [Standing];
  const { state, place, callers = [] } = stretch;
  if (state !== 'suspended') return [state === 'created' ? 'not begun' : state];
  const frames = [...callers].reverse().concat(place ?? []);
  const words = waitWords(stretch);
  const alike = group.every((one) => waitWords(one.stretch) === words);
  const wait = alike ? words : words.replace(/[\d(].*$/s, (rest) => (rest.startsWith('(') ? '(…)' : '…'));
  const delay = delayOf(stretch);
  const left = delay === undefined ? 0 : leftOf(model, stretch, delay, model.times[moment] ?? 0);
  const timer = group.length === 1 && left > 0 ? ` · in ${formatSeconds(left)}` : '';
  return [...framesOf(frames), `↳ ${wait}${timer}`];
}

function framesOf(frames: readonly TracePlace[]): string[] {
  const said = frames.map(
    (place, at) =>
      `${at === 0 ? '' : '↳ '}${[place.name, placeWords(place)].filter((part) => part !== '').join(' · ')}`,
  );
  if (said.length <= MOST_FRAMES) return said;
  return [said[0] ?? '', `↳ … ${said.length - MOST_FRAMES + 1} more`, ...said.slice(1 - MOST_FRAMES + 1)];
}

/** The box of what a task waits for, if its identity is known: two unnamed queues need not be the same queue. */
function thingOf(
  { stretch: { state, on = '', waitsFor, shared } }: Standing,
  all: readonly Standing[],
  name: NameOf,
): Node | undefined {
  if (state !== 'suspended') return undefined;
  const [, kind = '', of = ''] = /^(lock|semaphore|event|condition|barrier|queue)(?:\.\w+)?(?: (.*))?$/s.exec(on) ?? [];
  const holder = typeof waitsFor === 'number' ? waitsFor : undefined;
  if (kind === '' || (of === '' && holder === undefined && shared === undefined)) return undefined;
  const title = of === '' ? kind : `${kind} ${of}`;
  const same = ({ stretch }: Standing): boolean =>
    shared === undefined ? stretch.on === on && stretch.waitsFor === waitsFor : stretch.shared === shared;
  const waiting = all.filter(same).length;
  const held = holder === undefined ? [] : [`held by ${name(holder)}`];
  const lines = [...held, `${count(waiting, 'task')} wait${waiting === 1 ? 's' : ''}`];
  return {
    id: `thing ${shared ?? `${title} ${holder ?? ''}`}`,
    title,
    lines,
    stuck: all.some((one) => same(one) && one.stuck),
    tasks: 0,
  };
}
