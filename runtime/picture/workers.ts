// One run as people with hammers round a pole: who stands where, and when each hammer falls. A step of a task is a blow.

import { axisOf } from './axis.ts';
import type { Lane, Model } from './model.ts';

/** One worker. */
export interface Worker {
  readonly name: string;
  /** The hands, from which the hammer swings. */
  readonly x: number;
  readonly y: number;
  /** Where many stand they are drawn smaller. */
  readonly size: number;
  /** How long the hammer's handle is, and its angle when it hits and when it is raised, in degrees. */
  readonly reach: number;
  readonly hit: number;
  readonly raised: number;
  /** The blows as [begin, end] of the run's time, 0 to 1. */
  readonly blows: readonly (readonly [number, number])[];
}

/** The middle of the pole's top, in a panel of 360 × 340. */
export const POLE = { x: 180, y: 190 } as const;
const MOST = 6;
const SWING = 60;
/** A blow takes at least this part of the run: it must be seen. */
const LEAST = 0.028;

/** The workers of a run: its tasks, without the one that only hands out the work. */
export function workersOf(model: Model): { readonly workers: readonly Worker[]; readonly more: number } {
  const below = model.lanes.filter(({ depth }) => depth > 0);
  const lanes = below.length > 0 ? below : model.lanes;
  const axis = axisOf(model, 1, LEAST);
  const workers = lanes
    .slice(0, MOST)
    .map((lane, at, all) => ({ name: lane.name, ...standing(at, all.length), blows: blowsOf(lane, axis.x) }));
  return { workers, more: lanes.length - workers.length };
}

function blowsOf({ stretches }: Lane, x: (moment: number) => number): (readonly [number, number])[] {
  return stretches.flatMap(({ state, from, to }) => (state === 'running' ? [[x(from), x(to)] as const] : []));
}

/** By turns on the right and the left of the pole, on an ellipse, so that no two stand in one place. */
function standing(at: number, all: number): Omit<Worker, 'name' | 'blows'> {
  const side = at % 2 === 0 ? -1 : 1;
  const onSide = Math.ceil((all - (at % 2)) / 2);
  const place = onSide === 1 ? 0 : Math.floor(at / 2) / (onSide - 1) - 0.5;
  const x = POLE.x + side * (118 - Math.abs(place) * 52);
  const y = POLE.y - 18 + place * 132;
  const hit = (Math.atan2(POLE.y - y, POLE.x - x) * 180) / Math.PI;
  return {
    x,
    y,
    size: onSide > 2 ? 0.62 : 1,
    reach: Math.hypot(POLE.x - x, POLE.y - y) - 4,
    hit,
    raised: hit + side * SWING,
  };
}
