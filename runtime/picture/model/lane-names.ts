// The names of lanes. A task that the program did not name bears its coroutine's name, since nobody can tell Task-4 from
// Task-5; the second of the same name is numbered.

import type { Lane } from './model.ts';

const NAMELESS: ReadonlySet<string> = new Set(['', '<anonymous>']);

/** The lanes with the names that people see. */
export function named(lanes: readonly Lane[]): Lane[] {
  const taken = new Map<string, number>();
  for (const lane of lanes) if (ownName(lane) === lane.name) taken.set(lane.name, 1);
  const names = new Map(lanes.map((lane) => [lane.task, nameOf(lane, taken)]));
  return lanes.map((lane) => ({
    ...lane,
    name: names.get(lane.task) ?? lane.name,
    stretches: lane.stretches.map((stretch) => {
      const { on, waitsFor } = stretch;
      const awaited = typeof waitsFor === 'number' ? names.get(waitsFor) : undefined;
      return awaited !== undefined && on?.startsWith('task ') ? { ...stretch, on: `task ${awaited}` } : stretch;
    }),
  }));
}

/** The name that the program gave the task; if the loop numbered it, the name of its coroutine. */
function ownName({ name, place }: Lane): string {
  return /^Task-\d+$/.test(name) && place !== null && !NAMELESS.has(place.name) ? place.name : name;
}

function nameOf(lane: Lane, taken: Map<string, number>): string {
  const name = ownName(lane);
  if (name === lane.name) return name;
  const number = (taken.get(name) ?? 0) + 1;
  taken.set(name, number);
  return number === 1 ? name : `${name} ${number}`;
}
