// trace: runs a coroutine and records what happens, traces a cell, and switches tracing of the whole loop on and off.

import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { type Awaitable, currentTask, getRunningLoop } from '../../asyncio/engine/create-task.ts';
import { CancelledError } from '../../asyncio/engine/errors.ts';
import { type Future, isTask } from '../../asyncio/engine/future.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import { host } from '../record/picture-host.ts';
import { type Recorder, record } from '../record/record.ts';
import { checkLooks, type Looks } from './looks.ts';
import { remindOfAwait } from './remind-of-await.ts';
import { asCoroutine, nameOf, tasksIn, traceable } from './traceable.ts';
import { Trace, Traced } from './traced.ts';

/** How much is kept, and how it is shown. */
export interface TraceOptions extends Looks {
  /** The largest number of records; default a million (about 150 MB). The picture says how many did not fit. */
  readonly limit?: number;
}

/** `trace`, with its methods. */
export interface TraceFunction {
  /**
   * Runs a coroutine as a task and records each step of it and of the tasks that it spawns, and what they print. Earlier
   * tasks are recorded from the moment on at which one of these awaits, wakes or cancels them. It does not throw what the coroutine throws; reading `result` does. A task is recorded from now on, a gather with its
   * tasks. @throws ValueError for anything else, such as a promise, whose steps cannot be seen
   * @example
   * const t = await trace(main())   // shows itself as lanes, one per task
   * t.result                        // what main returned
   */
  <T>(main: Coroutine<T> | Future<T>, options?: TraceOptions): Coroutine<Traced<T>>;
  /**
   * Called at the top of a cell: traces the rest of the cell, and shows the picture when the cell ends. Tasks of earlier
   * cells are in it once the cell awaits, wakes or cancels them.
   */
  cell(options?: TraceOptions): void;
  /** Records every task of the running loop from now on; {@link timeline} shows them. */
  on(options?: TraceOptions): void;
  /** Ends the recording that `on` began. Returns the trace and keeps it for {@link timeline}. */
  off(): Trace;
}

const CODE = internalCode('trace');
const timelines = new WeakMap<Loop, Recorder>();

function* tracing<T>(main: Coroutine<T> | Future<T>, options: TraceOptions): Generator<unknown, Traced<T>, unknown> {
  const loop = getRunningLoop();
  const task = isTask(main) ? (main as Task<T>) : loop.createTask(asCoroutine(main), { name: nameOf(main) });
  const others = isCoroutine(main) || isTask(main) ? [] : tasksIn(main);
  const recorder = record(loop, { root: task, others, limit: options.limit });
  try {
    yield* task;
  } catch (error) {
    // The tracer's own cancellation or interrupt goes on; the error of the traced task is part of the picture instead.
    if (!isOwn(task, error) || (currentTask(loop)?.cancelling() ?? 0) > 0) throw error;
  } finally {
    recorder.stop();
  }
  return new Traced(recorder.recording(), task, options);
}

/** @internal */
export function isOwn(task: Task<unknown>, error: unknown): boolean {
  if (!task.done()) return false;
  return task.cancelled() ? error instanceof CancelledError : task.exception() === error;
}

function traceCell(options: TraceOptions = {}): void {
  checkLooks(options);
  const loop = getRunningLoop();
  const task = currentTask(loop);
  if (task === null) {
    throw new Error('trace.cell() was called outside of any task: call it in a cell itself, not in a callback.');
  }
  // Shown when the task ends and not later: a cell's output must be sent before the cell's reply.
  const onEnd = () => {
    recorder.stop();
    try {
      host().show(new Trace(recorder.recording(), options));
    } catch (error) {
      // This runs while the task ends, and must not keep it from ending.
      console.error('trace.cell: the picture could not be shown:', error);
    }
  };
  const recorder = record(loop, { root: task, limit: options.limit, onEnd });
}

function switchOn({ limit }: TraceOptions = {}): void {
  const loop = getRunningLoop();
  timelines.get(loop)?.stop();
  timelines.set(loop, record(loop, { limit }));
}

function switchOff(): Trace {
  const recorder = timelines.get(getRunningLoop());
  recorder?.stop();
  return timeline();
}

/**
 * What was traced of the running loop since `trace.on()`, up to now: a snapshot, which does not go on by itself. Call it
 * again for a later one, also after `trace.off()`.
 */
export function timeline(looks: Looks = {}): Trace {
  checkLooks(looks);
  const recorder = timelines.get(getRunningLoop());
  if (recorder !== undefined) return new Trace(recorder.recording(), looks);
  return new Trace(undefined);
}

/** Traces coroutines, cells or the whole loop, and shows what they did. */
export const trace: TraceFunction = Object.assign(
  // As a method it has its name in a bundle too.
  {
    trace<T>(main: Awaitable<T>, options: TraceOptions = {}): Coroutine<Traced<T>> {
      checkLooks(options);
      const run = `trace(${isCoroutine(main) ? main.name : 'main'}())`;
      return remindOfAwait(internal(tracing(traceable(main), options), CODE), run) as Coroutine<Traced<T>>;
    },
  }.trace,
  { cell: traceCell, on: switchOn, off: switchOff },
);
