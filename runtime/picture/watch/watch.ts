// watch(): the tasks of the running loop as a table that updates in place, with a button to cancel each task. It looks
// at the loop from one of Node's timers, so it is not a task itself and takes none of the loop's turns.

import { clearTimeout, setTimeout, type Timeout } from '#host/native-timers';
import { processId } from '#host/process';
import { getRunningLoop } from '../../asyncio/engine/create-task.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { State } from '../model/model.ts';
import { host, type Shown } from '../record/picture-host.ts';
import { type Row, tableOf } from './task-table.ts';
import { type WatchControls, watchControls } from './watch-controls.ts';

/** How often the table updates and how much it shows. */
export interface WatchOptions {
  /** Seconds between two updates; default 0.25, at least 0.1. */
  readonly every?: number;
  /** The largest number of rows; default 100. The table says how many more tasks there are. */
  readonly limit?: number;
}

/** A table that updates itself. */
export interface Watch {
  /** Updates the table one last time. */
  stop(): void;
  [Symbol.dispose](): void;
}

/** All tables together take at most this part of the time: the longer an update takes, the later the next one comes. */
const SHARE = 0.02;
const MILLISECONDS = 1000;
const TARGET = 'cokernel.watch';
const WHY = 'by the button in watch()';

interface Seen {
  readonly on: string;
  readonly since: number;
}

let listening = false;
let watches = 0;
const watched = new Map<string, Loop>();
/** Part of each id: a button that an earlier cell process showed must not cancel a task of this one. */
const PROCESS = `${processId}.${Date.now().toString(36)}`;

/**
 * Shows a live table of the running loop's tasks: name, state, what each waits for, where, and for how long; in a
 * notebook also a button that cancels the task. It waits for the first task, and ends when no task is left.
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
  /** A table that is shown before there is any task waits for the first. */
  let begun = loop.tasks().some((task) => task !== own);
  let timer: Timeout | undefined;
  let shown: Shown | undefined;
  let controls: WatchControls | undefined;
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
      if (host().onlyWidgets) controls ??= watchControls(WHY);
      controls?.update(tasks.slice(0, limit).filter((task) => task !== own));
    }
    return performance.now() - began;
  };
  const stop = (): void => {
    if (!watched.delete(id)) return;
    clearTimeout(timer);
    look(true);
    controls?.end();
  };
  const plan = (cost: number): void => {
    timer = setTimeout(again, Math.max(Math.max(0.1, every) * MILLISECONDS, (cost * watched.size) / SHARE));
    // Watching must not keep a program from ending.
    timer.unref();
  };
  const again = (): void => {
    const others = loop.tasks().some((task) => task !== own);
    begun ||= others;
    if (loop.isClosed() || (begun && loop.tasks().length === 0)) stop();
    else plan(look(false));
  };
  plan(look(false));
  // The table is shown already: a cell that ends in watch() shows nothing more.
  const watching: Watch = { stop, [Symbol.dispose]: stop };
  return Object.defineProperty(watching, Symbol.for('Jupyter.display'), { value: null });
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
  // A wait counts as the same wait as long as it looks the same: recording its start in the loop would cost time.
  const key = `${state} ${on} ${where}`;
  const before = seen.get(task);
  const since = before?.on === key ? before.since : performance.now();
  seen.set(task, { on: key, since });
  const seconds = (performance.now() - since) / MILLISECONDS;
  return {
    task: task.id,
    name: task.getName(),
    state,
    on,
    where,
    seconds,
    cancellable: task !== own && !host().onlyWidgets,
  };
}

/** The buttons of all tables use one comm target. */
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
    channel.close({ cancelled: found?.cancel(WHY) ?? false });
  });
}
