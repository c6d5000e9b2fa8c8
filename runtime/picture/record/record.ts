// Records what a loop does: lets several recorders share one loop, bounds their memory, and notes coroutines that were
// forgotten in the meantime. model/model.ts says what the records mean.

import { isTask } from '../../asyncio/engine/future.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { running } from '../../asyncio/engine/running.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { TraceSink } from '../../asyncio/engine/trace-records.ts';
import { observeUnawaited, warnings } from '../../asyncio/engine/unawaited.ts';
import { host, type PrintStream } from './picture-host.ts';
import type { Lost, PictureRecord, Recording } from './recording.ts';

/** What is recorded. */
export interface RecordOptions {
  /**
   * Records only this task, those that it spawns, directly or through others, and earlier ones from the moment on at which
   * one of these awaits, wakes or cancels them. Default: every task of the loop.
   */
  readonly root?: Task<unknown>;
  /** Tasks that belong to the root although it did not spawn them. */
  readonly others?: readonly Task<unknown>[];
  /** The largest number of records; default a million (about 150 MB). Later ones are only counted. */
  readonly limit?: number;
  /** Hears what is printed in the loop's turns, after it was recorded. */
  readonly onPrint?: OnPrint;
  /** Called when the root ends. It must not throw. */
  readonly onEnd?: () => void;
}

/** Hears a text, and the moment of its record. Returns true to take it: then it is not printed. It must not throw. */
export type OnPrint = (stream: PrintStream, text: string, moment: number) => boolean;

/** A recording under way. */
export interface Recorder {
  /** What has been recorded so far. */
  recording(): Recording;
  /** Ends the recording; a second call does nothing. */
  stop(): void;
}

const MOST = 1_000_000;
/** Of a longer text only so many characters are kept. */
const LONGEST_PRINT = 500;
const sinks = new WeakMap<Loop, Set<TraceSink>>();

/** Records from now on. Tasks that are already alive are recorded with their present state. */
export function record(loop: Loop, options: RecordOptions = {}): Recorder {
  const { root, others = [], limit = MOST } = options;
  const roots = root === undefined ? [] : [root, ...others];
  const records: PictureRecord[] = [];
  const forgotten: Lost[] = [];
  const family = root === undefined ? undefined : new Set<number>();
  let dropped = 0;
  let ended: number | undefined;
  const over = new Set<number>();
  let stop = host().stopHere();
  const keep = (one: PictureRecord): void => {
    if (family !== undefined) {
      for (const id of touched(family, over, one)) {
        const task = loop.tasks().find((other) => other.id === id);
        family.add(id);
        if (task !== undefined) present(loop, task, keep);
      }
      if (!belongs(family, one)) return;
      if (one.type === 'done' || one.type === 'failed') over.add(one.task);
    }
    if (records.length < limit) records.push(one);
    else dropped++;
    if (records.length - 1 === stop?.moment) {
      const { reached } = stop;
      stop = undefined;
      reached();
    }
    if (root !== undefined && one.task === root.id && (one.type === 'done' || one.type === 'failed')) options.onEnd?.();
  };
  for (const task of roots) family?.add(task.id);
  for (const task of root === undefined ? loop.tasks() : roots) present(loop, task, keep, root);
  const unhook = listen((lost) => forgotten.push({ ...lost, moment: records.length }));
  // A recording of the whole loop has no end by which coroutines should have been awaited.
  const unawaited = root === undefined ? undefined : observeUnawaited(() => records.length);
  const detach = attach(loop, keep);
  const deafen = host().hear((stream, text) => {
    // What another loop prints, such as that of a prediction, belongs to that loop's trace.
    if (running.loop !== null && running.loop !== loop) return false;
    const { current, passCount: iteration } = loop;
    const cut = text.length > LONGEST_PRINT ? `${text.slice(0, LONGEST_PRINT)}…\n` : text;
    keep({ type: 'printed', task: current?.id ?? 0, time: loop.time(), iteration, stream, text: cut });
    return running.loop === loop && options.onPrint?.(stream, text, records.length - 1) === true;
  });
  return {
    recording: () => ({
      records,
      forgotten,
      dropped,
      ended: ended ?? loop.time(),
      clock: loop.clock,
      sourceOf: host().sourceOf,
    }),
    stop() {
      if (ended !== undefined) return;
      ended = loop.time();
      detach();
      deafen();
      unhook();
      for (const { stamp, owner, ...one } of unawaited?.() ?? []) {
        if (owner !== root?.owner) continue;
        forgotten.push({ ...one, message: `coroutine '${one.name}' was not awaited`, moment: stamp, held: true });
      }
    },
  };
}

function belongs(family: Set<number>, one: PictureRecord): boolean {
  // A callback that prints may be anybody's; it is shown rather than lost.
  if (family.has(one.task) || (one.type === 'printed' && one.task === 0)) return true;
  if (one.type !== 'created' || one.parent === null || !family.has(one.parent)) return false;
  family.add(one.task);
  return true;
}

/** The earlier tasks with which a task of the family now has to do: it awaits them, or has woken or cancelled them. */
function touched(family: ReadonlySet<number>, over: ReadonlySet<number>, one: PictureRecord): readonly number[] {
  if (one.type === 'suspended') {
    if (!family.has(one.task)) return [];
    const awaited = [...(one.among ?? []), ...(one.waitsFor === null ? [] : [one.waitsFor])];
    return awaited.filter((task) => !family.has(task));
  }
  if ((one.type !== 'cancelled' && one.type !== 'scheduled') || one.by.kind !== 'task') return [];
  // Who only waited for the end of one of these is an onlooker.
  return family.has(one.by.task) && !over.has(one.by.task) && !family.has(one.task) ? [one.task] : [];
}

/** Adds a sink to those that the loop has; returns a function that removes it. */
export function attach(loop: Loop, sink: TraceSink): () => void {
  let all = sinks.get(loop);
  if (all === undefined) {
    all = new Set(loop.trace === undefined ? [] : [loop.trace]);
    sinks.set(loop, all);
  }
  const set = all;
  set.add(sink);
  join(loop, set);
  return () => {
    set.delete(sink);
    join(loop, set);
  };
}

/** A single sink is called directly, so that tracing a hundred thousand tasks costs nothing more. */
function join(loop: Loop, set: ReadonlySet<TraceSink>): void {
  const all = [...set];
  if (all.length === 0) sinks.delete(loop);
  loop.trace =
    all.length < 2
      ? all[0]
      : (one) => {
          for (const each of all) each(one);
        };
}

/** Records a task that is there already, then its present state. Those of a `root` are made for this recording. */
function present(loop: Loop, task: Task<unknown>, keep: (one: PictureRecord) => void, root?: Task<unknown>): void {
  const [frame] = task.getStack().reverse();
  const place = { coroutine: task.coroutine.serial, name: task.coroutine.name, ...frame };
  const base = { task: task.id, time: loop.time(), iteration: loop.passCount };
  const begun = task.begun || loop.current === task;
  const known = {
    ...base,
    name: task.getName(),
    parent: root === undefined || root === task ? null : root.id,
    owner: task.owner,
    place,
  };
  if (root !== undefined && !begun) keep({ type: 'created', ...known });
  else keep({ type: 'found', ...known, begun });
  if (loop.current === task) keep({ type: 'running', ...base });
  else if (task.begun) {
    const on = task.waiting?.waitName() ?? 'sleep(0)';
    const waitsFor = task.waiting && isTask(task.waiting) ? (task.waiting as Task<unknown>).id : null;
    keep({ type: 'suspended', ...base, on, waitsFor, place });
    if (task.scheduled) keep({ type: 'scheduled', ...base, by: { kind: 'outside' } });
  }
}

/** Reports each coroutine that nobody awaited, in addition to the hook that is already there. */
function listen(report: (lost: Omit<Lost, 'moment'>) => void): () => void {
  const before = warnings.hook;
  const hook: typeof before = (warning) => {
    const name = /^coroutine '(.+)' was never awaited$/.exec(warning.message)?.[1];
    if (name !== undefined && listening) {
      report({ name, message: `${warning.category}: ${warning.message}`, file: warning.file, line: warning.line });
    }
    before(warning);
  };
  let listening = true;
  warnings.hook = hook;
  return () => {
    listening = false;
    if (warnings.hook === hook) warnings.hook = before;
  };
}
