// watch(): the tasks of the running loop as a table that updates in place, with a button to cancel each. It looks at
// the loop from a timer of Node's own, so it is no task itself, and asks nothing of the loop's turns.

import { getRunningLoop } from '../../asyncio/engine/create-task.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { State } from '../model/model.ts';
import { host, type Shown } from '../record/picture-host.ts';
import { type Row, tableOf } from './task-table.ts';

/** How often and how much is shown. */
export interface WatchOptions {
  /** Seconds between two updates; default 0.25, at least 0.1. */
  readonly every?: number;
  /** So many tasks at most, default 100; how many more there are is said below. */
  readonly limit?: number;
}

/** A table that updates itself. */
export interface Watch {
  /** Shows it once more and leaves it as it is. */
  stop(): void;
  [Symbol.dispose](): void;
}

/** At most this part of the time goes into all tables: where they take longer, the next updates wait longer. */
const SHARE = 0.02;
const MILLISECONDS = 1000;
const TARGET = 'cokernel.watch';
const { setTimeout, clearTimeout } = globalThis;

interface Seen {
  readonly on: string;
  readonly since: number;
}

let listening = false;
let watches = 0;
const watched = new Map<string, Loop>();
/** A button of a table that an earlier process of the kernel showed must not cancel a task of this one. */
const PROCESS = `${process.pid}.${Date.now().toString(36)}`;

/**
 * Shows a live table of the running loop's tasks: name, state, what each waits for, where, and for how long; in a
 * notebook with a button that cancels. It ends by itself when no other task is left.
 * @example
 * const live = watch()
 */
export function watch({ every = 0.25, limit = 100 }: WatchOptions = {}): Watch {
  const loop = getRunningLoop();
  const id = `${PROCESS}.${++watches}`;
  const seen = new WeakMap<Task<unknown>, Seen>();
  const own = loop.current;
  listen();
  watched.set(id, loop);
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let shown: Shown | undefined;
  const look = (final: boolean): number => {
    const began = performance.now();
    const tasks = loop.tasks();
    const rows = tasks.slice(0, limit).map((task) => rowOf(loop, task, seen, own));
    const counts = countsOf(loop, tasks);
    const table = tableOf(rows, tasks.length - rows.length, { id, final, target: TARGET, counts });
    if (table.key !== last) {
      last = table.key;
      if (shown === undefined) shown = host().showLive(table);
      else shown.update(table);
    }
    return performance.now() - began;
  };
  const stop = (): void => {
    if (!watched.delete(id)) return;
    clearTimeout(timer);
    look(true);
  };
  const plan = (cost: number): void => {
    timer = setTimeout(again, Math.max(Math.max(0.1, every) * MILLISECONDS, (cost * watched.size) / SHARE));
    // A program must end though it is watched.
    timer.unref();
  };
  const again = (): void => {
    if (loop.isClosed() || loop.tasks().length === 0) stop();
    else plan(look(false));
  };
  plan(look(false));
  return { stop, [Symbol.dispose]: stop };
}

function stateOf(loop: Loop, task: Task<unknown>): State {
  if (loop.current === task) return 'running';
  if (!task.begun) return 'created';
  return task.scheduled ? 'ready' : 'suspended';
}

function countsOf(loop: Loop, tasks: readonly Task<unknown>[]): Readonly<Record<State, number>> {
  const counts = { running: 0, ready: 0, created: 0, suspended: 0 };
  for (const task of tasks) counts[stateOf(loop, task)]++;
  return counts;
}

function rowOf(loop: Loop, task: Task<unknown>, seen: WeakMap<Task<unknown>, Seen>, own: Task<unknown> | null): Row {
  const state = stateOf(loop, task);
  const on = state === 'suspended' ? (task.waiting?.waitName() ?? 'sleep(0)') : '';
  const place = task.getStack().at(-1);
  const where = place === undefined || place.line === 0 ? '' : `${place.file ?? place.name}:${place.line}`;
  // A wait is taken for the same as long as it looks the same: the loop keeps no time of it, for that would cost.
  const key = `${state} ${on} ${where}`;
  const before = seen.get(task);
  const since = before?.on === key ? before.since : performance.now();
  seen.set(task, { on: key, since });
  const seconds = (performance.now() - since) / MILLISECONDS;
  return { task: task.id, name: task.getName(), state, on, where, seconds, cancellable: task !== own };
}

/** The buttons of all tables talk through one door. */
function listen(): void {
  if (listening) return;
  listening = true;
  host().listen(TARGET, (data, channel) => {
    const { watch: id, task } = (typeof data === 'object' && data !== null ? data : {}) as {
      watch?: unknown;
      task?: unknown;
    };
    const loop = typeof id === 'string' ? watched.get(id) : undefined;
    const found = loop?.tasks().find((one) => one.id === task);
    channel.close({ cancelled: found?.cancel('by the button in watch()') ?? false });
  });
}
