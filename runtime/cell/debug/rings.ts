// Tasks that wait for one another in a ring: none of them can ever go on. Looked for where a turn of the loop ends, and
// only while the debugger asks for it.

import { waitersOf } from '../../asyncio/call-graph.ts';
import { isTask } from '../../asyncio/engine/future.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Task } from '../../asyncio/engine/task.ts';

/** The watch over rings. */
export interface Rings {
  /** From now on `halt` is called once for each ring, with its tasks, first to last. */
  watch(on: boolean): void;
}

/** Makes the watch of one loop. */
export function createRings(loop: Loop, halt: (ring: readonly Task<unknown>[]) => void): Rings {
  const told = new WeakSet<object>();
  let watching = false;
  const look = () => {
    // While something is ready, the tasks may still change.
    if (loop.nextTime() === 0) return;
    const ring = ringIn(loop.tasks().filter((task) => !told.has(task)));
    if (ring === undefined) return;
    for (const task of ring) told.add(task);
    halt(ring);
  };
  return {
    watch(on) {
      if (on === watching) return;
      watching = on;
      if (on) {
        loop.endTurn = () => {
          Object.getPrototypeOf(loop).endTurn.call(loop);
          look();
        };
      } else Reflect.deleteProperty(loop, 'endTurn');
    },
  };
}

/** A ring among the tasks: each waits for the next, the last for the first. */
function ringIn(tasks: readonly Task<unknown>[]): readonly Task<unknown>[] | undefined {
  const waitsFor = new Map<Task<unknown>, Task<unknown>[]>();
  for (const task of tasks) {
    for (const waiter of waitersOf(task)) {
      if (isTask(waiter)) waitsFor.set(waiter, [...(waitsFor.get(waiter) ?? []), task]);
    }
  }
  const clear = new Set<Task<unknown>>();
  for (const task of tasks) {
    const ring = ringFrom(task, waitsFor, clear);
    if (ring) return ring;
  }
  return undefined;
}

/** Depth first, without recursion: there may be many tasks. `clear` are those from which no ring can be reached. */
function ringFrom(
  first: Task<unknown>,
  waitsFor: ReadonlyMap<Task<unknown>, readonly Task<unknown>[]>,
  clear: Set<Task<unknown>>,
): readonly Task<unknown>[] | undefined {
  const path: Task<unknown>[] = [];
  const left: (readonly [Task<unknown>, number])[] = [[first, 0]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [task, depth] = next;
    for (const done of path.splice(depth)) clear.add(done);
    if (clear.has(task)) continue;
    path.push(task);
    for (const other of waitsFor.get(task) ?? []) {
      if (path.includes(other)) return path.slice(path.indexOf(other));
      left.push([other, depth + 1]);
    }
  }
  for (const task of path) clear.add(task);
  return undefined;
}
