// Who waits for whom at one moment, and where that closes into a ring: a deadlock, because none of them can go on.

import { type Lane, type Model, type Stretch, stretchAt } from './model.ts';

/** One task at a moment. */
export interface Standing {
  readonly lane: Lane;
  readonly stretch: Stretch;
  /** The tasks without which it cannot go on. */
  readonly awaits: readonly number[];
  /** It is part of a ring. */
  readonly stuck: boolean;
}

/** Every task that is alive at a moment, and what it waits for. */
export function standingAt(model: Model, moment: number): Standing[] {
  const alive = model.lanes.flatMap((lane) => {
    const stretch = stretchAt(lane, moment);
    return stretch === undefined ? [] : [{ lane, stretch }];
  });
  const byTask = new Map(alive.map((one) => [one.lane.task, one]));
  const byName = new Map(alive.map((one) => [one.lane.name, one]));
  const children = new Map<number, number[]>();
  for (const { lane } of alive) {
    if (lane.parent === null) continue;
    const list = children.get(lane.parent);
    if (list === undefined) children.set(lane.parent, [lane.task]);
    else list.push(lane.task);
  }
  const awaits = (lane: Lane, { state, on = '', waitsFor, among }: Stretch): number[] => {
    if (state !== 'suspended') return [];
    if (typeof waitsFor === 'number') return byTask.has(waitsFor) ? [waitsFor] : [];
    if (among !== undefined) return knownOf(among, children.get(lane.task) ?? []).filter((task) => byTask.has(task));
    const named = on.startsWith('task ') ? byName.get(on.slice(5)) : undefined;
    if (named !== undefined) return [named.lane.task];
    // If the task was alive before the trace began, only the name of its wait is known: take the tasks that it spawned.
    return /^(gather|task group) of /.test(on) ? (children.get(lane.task) ?? []) : [];
  };
  const found = alive.map((one) => ({ ...one, awaits: awaits(one.lane, one.stretch) }));
  const stuck = inRings(new Map(found.map((one) => [one.lane.task, one.awaits])));
  return found.map((one) => ({ ...one, stuck: stuck.has(one.lane.task) }));
}

/** A trace names no more tasks of a gather; those that the waiting task spawned stand in for the others. */
const MOST_AMONG = 100;

function knownOf(among: readonly number[], spawned: readonly number[]): readonly number[] {
  return among.length < MOST_AMONG ? among : [...new Set([...among, ...spawned])];
}

/** The rings at a moment; each lists its tasks in the order in which they wait. */
export function ringsAt(model: Model, moment: number): Standing[][] {
  const standing = standingAt(model, moment).filter(({ stuck }) => stuck);
  const byTask = new Map(standing.map((one) => [one.lane.task, one]));
  const seen = new Set<number>();
  const rings: Standing[][] = [];
  for (const one of standing) {
    const ring: Standing[] = [];
    for (let at: Standing | undefined = one; at !== undefined && !seen.has(at.lane.task); ) {
      seen.add(at.lane.task);
      ring.push(at);
      at = at.awaits.map((task) => byTask.get(task)).find((next) => next !== undefined);
    }
    if (ring.length > 0) rings.push(ring);
  }
  return rings;
}

const MOST_LOOKS = 20;

/** The rings of the whole trace. A ring stays until somebody cancels, so this looks just before each cancellation. */
export function deadlocks(model: Model): Standing[][] {
  const looks = [...model.cancels.slice(0, MOST_LOOKS).map(({ moment }) => moment - 1), model.times.length - 2];
  const found = new Map<string, Standing[]>();
  for (const moment of new Set(looks)) {
    for (const ring of ringsAt(model, moment))
      found.set(
        ring
          .map(({ lane }) => lane.task)
          .sort()
          .join(' '),
        ring,
      );
  }
  return [...found.values()];
}

/** Tarjan's strongly connected components, not recursive: those of several tasks, and tasks that await themselves. */
function inRings(edges: ReadonlyMap<number, readonly number[]>): Set<number> {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const found = new Set<number>();
  const enter = (task: number): { task: number; next: number } => {
    index.set(task, index.size);
    low.set(task, index.size - 1);
    open.push(task);
    isOpen.add(task);
    return { task, next: 0 };
  };
  const leave = (task: number): void => {
    if (low.get(task) !== index.get(task)) return;
    const ring = open.splice(open.indexOf(task));
    for (const one of ring) isOpen.delete(one);
    if (ring.length > 1 || edges.get(task)?.includes(task)) for (const one of ring) found.add(one);
  };
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = edges.get(top.task)?.[top.next++];
      if (to === undefined) {
        path.pop();
        leave(top.task);
        const above = path.at(-1)?.task;
        if (above !== undefined) low.set(above, Math.min(low.get(above) ?? 0, low.get(top.task) ?? 0));
      } else if (!index.has(to)) path.push(enter(to));
      else if (isOpen.has(to)) low.set(top.task, Math.min(low.get(top.task) ?? 0, index.get(to) ?? 0));
    }
  }
  return found;
}
