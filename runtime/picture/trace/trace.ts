// trace: runs a coroutine and keeps what happened; traces a cell; switches tracing of the whole loop on and off.

import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { coroutineExpected, currentTask, getRunningLoop } from '../../asyncio/engine/create-task.ts';
import { CancelledError } from '../../asyncio/engine/errors.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import { isCoroutine } from '../../asyncio/engine/predicates.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import { host } from '../record/picture-host.ts';
import { type Recorder, record } from '../record/record.ts';
import { Trace, Traced } from './traced.ts';

/** How much is kept. */
export interface TraceOptions {
  /** At most so many records, default a million (some 150 MB); what comes after is counted, and the picture says so. */
  readonly limit?: number;
}

/** `trace`, and what hangs on it. */
export interface TraceFunction {
  /**
   * Runs a coroutine as a task, with a record of every step of it and of the tasks it spawns. It never throws what the
   * coroutine throws: `result` does. @throws ValueError for anything but a coroutine.
   * @example
   * const t = await trace(main())   // shows itself as lanes, one a task
   * t.result                        // what main gave
   */
  <T>(main: Coroutine<T>, options?: TraceOptions): Coroutine<Traced<T>>;
  /** At the head of a cell: traces the rest of it, and shows the picture when it ends. */
  cell(options?: TraceOptions): void;
  /** Records every task of the running loop from here on; {@link timeline} shows it. */
  on(options?: TraceOptions): void;
  /** Ends what `on` began. What was traced is kept for {@link timeline}, and returned. */
  off(): Trace;
}

const CODE = internalCode('trace');
const timelines = new WeakMap<Loop, Recorder>();

function traceMain<T>(main: Coroutine<T>, options: TraceOptions = {}): Coroutine<Traced<T>> {
  if (!isCoroutine(main)) {
    const called = typeof main === 'function' ? (main as { readonly name: string }).name || 'main' : 'main';
    throw coroutineExpected(main, `Did you forget to call it: trace(${called}())?`);
  }
  return internal(tracing(main as Coroutine<T>, options), CODE);
}

function* tracing<T>(main: Coroutine<T>, { limit }: TraceOptions): Generator<unknown, Traced<T>, unknown> {
  const loop = getRunningLoop();
  const task = loop.createTask(main, { name: main.name });
  const recorder = record(loop, { root: task, limit });
  try {
    yield* task;
  } catch (error) {
    // The tracer's own cancellation or interruption goes on; what the traced task ended with is part of the picture.
    if (!isOwn(task, error) || (currentTask(loop)?.cancelling() ?? 0) > 0) throw error;
  } finally {
    recorder.stop();
  }
  return new Traced(recorder.recording(), task);
}

function isOwn(task: Task<unknown>, error: unknown): boolean {
  if (!task.done()) return false;
  return task.cancelled() ? error instanceof CancelledError : task.exception() === error;
}

function traceCell({ limit }: TraceOptions = {}): void {
  const loop = getRunningLoop();
  const task = currentTask(loop);
  if (task === null) {
    throw new Error('trace.cell() was called outside of any task: call it in a cell itself, not in a callback.');
  }
  // Shown when the task ends and not later: the cell's output must be out before the cell is done.
  const onEnd = () => {
    recorder.stop();
    try {
      host().show(new Trace(recorder.recording()));
    } catch (error) {
      // It is called from the task's end, which must come about all the same.
      console.error('trace.cell: the picture could not be shown:', error);
    }
  };
  const recorder = record(loop, { root: task, limit, onEnd });
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

/** What was traced since `trace.on()`: of the loop that runs, also after `trace.off()`. */
export function timeline(): Trace {
  const recorder = timelines.get(getRunningLoop());
  if (recorder !== undefined) return new Trace(recorder.recording());
  return new Trace(undefined);
}

/** Traces coroutines, cells and the loop, and shows what they did. */
export const trace: TraceFunction = Object.assign(traceMain, { cell: traceCell, on: switchOn, off: switchOff });
