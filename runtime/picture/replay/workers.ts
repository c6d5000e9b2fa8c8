// One run as people with hammers round a pole: where each stands, and when each hammer falls. Each step of a task is a
// blow.

import { axisOf } from '../lanes/axis.ts';
import type { Lane, Model } from '../model/model.ts';

/** One worker. */
export interface Worker {
  readonly name: string;
  /** The place between the feet. */
  readonly x: number;
  readonly y: number;
  /** The scale: workers in front are drawn larger, and all are smaller if there are many. */
  readonly size: number;
  /** The blows as [begin, end], parts of the run's time from 0 to 1. */
  readonly blows: readonly (readonly [number, number])[];
}

/** The middle of the pole's top, and its foot, in a panel of 360 units. */
export const POLE = { x: 180, y: 196, foot: 252 } as const;
const MOST = 6;
/** A blow takes at least this part of the run; otherwise it could not be seen. */
const LEAST = 0.028;

/** The workers of a run: its tasks, without the root if that has spawned others. */
export function workersOf(model: Model): { readonly workers: readonly Worker[]; readonly more: number } {
  const below = model.lanes.filter(({ depth }) => depth > 0);
  const lanes = below.length > 0 ? below : model.lanes;
  const axis = axisOf(model, 1, LEAST);
  const names = namesOf(lanes);
  const workers = lanes
    .slice(0, MOST)
    .map((lane, at, all) => ({ name: names[at] ?? '', ...standing(at, all.length), blows: blowsOf(lane, axis.x) }));
  return { workers, more: lanes.length - workers.length };
}

/** The name that the program gave the task; if the loop numbered it, the name of its coroutine. */
export function givenName({ name, place }: Lane): string {
  return /^Task-\d+$/.test(name) && place !== null && place.name !== '' ? place.name : name;
}

/** What each lane is called; those with the same name are numbered: `worker 1`, `worker 2`. */
export function namesOf(lanes: readonly Lane[]): string[] {
  const names = lanes.map(givenName);
  const seen = new Map<string, number>();
  return names.map((name, at) => {
    if (name === lanes[at]?.name || names.indexOf(name) === names.lastIndexOf(name)) return name;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return `${name} ${seen.get(name)}`;
  });
}

function blowsOf({ stretches }: Lane, x: (moment: number) => number): (readonly [number, number])[] {
  return stretches.flatMap(({ state, from, to }) => (state === 'running' ? [[x(from), x(to)] as const] : []));
}

/** Places workers alternately to the left and right of the pole, from the back to the front. */
function standing(at: number, all: number): Pick<Worker, 'x' | 'y' | 'size'> {
  const side = at % 2 === 0 ? -1 : 1;
  const onSide = Math.ceil((all - (at % 2)) / 2);
  const place = onSide === 1 ? 0 : (2 * Math.floor(at / 2)) / (onSide - 1) - 1;
  // Nobody hides another: those at the back stand nearer to the pole; of three on a side, the middle one is farthest.
  const [away, apart, size] =
    onSide > 2 ? [[66, 130, 94], 56, 0.8] : onSide > 1 ? [[70, 0, 112], 38, 1] : [[0, 98, 0], 0, 1];
  return {
    x: POLE.x + side * (away[place + 1] ?? 0),
    y: POLE.foot + 4 + place * apart,
    size: size * (1 + place * 0.08),
  };
}
