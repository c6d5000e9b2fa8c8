// What a trace means: one lane per task, made of stretches. from-records.ts reads them off the records. A moment is the
// index of a record; nothing changes between two moments, so a stretch runs from one moment to another.

import type { TraceCause, TracePlace } from '../../asyncio/engine/trace-records.ts';
import type { PrintStream } from '../record/picture-host.ts';
import type { Lost } from '../record/recording.ts';

/** Created: before the first step; ready: in the ready queue; running: in a step; suspended: waiting. */
export type State = 'created' | 'ready' | 'running' | 'suspended';

/** A time in which a task's state does not change. */
export interface Stretch {
  readonly state: State;
  /** The moments at which it begins and at which the next stretch begins. */
  readonly from: number;
  readonly to: number;
  /** What a suspended task waits for: `sleep(0.5)`, `lock printer`. */
  readonly on?: string;
  /** The task that it waits for, or that holds what it waits for. */
  readonly waitsFor?: number | null;
  /** The tasks of the gather that it waits for. */
  readonly among?: readonly number[];
  /** The identity of the lock, queue or the like that it waits for. */
  readonly shared?: number;
  /** The place of the await. */
  readonly place?: TracePlace | null;
  /** The coroutines that await the innermost one, innermost first. */
  readonly callers?: readonly TracePlace[];
  /** Who put a ready task into the ready queue. */
  readonly by?: TraceCause;
  /** The lines that a running task went through, as far as the source tells: from its last await to the next. */
  readonly ran?: readonly Span[];
}

/** Lines of a file, from 1, both ends included. */
export interface Span {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** A text that was printed. */
export interface Print {
  readonly moment: number;
  /** The task whose step printed it; null if a callback or code outside of the loop did. */
  readonly task: number | null;
  readonly stream: PrintStream;
  readonly text: string;
}

export type Ending = 'done' | 'failed' | 'cancelled' | 'unfinished';

/** A line on the way of a cancellation, and the moment at which the task reaches it. */
export interface UnwindingStep {
  readonly moment: number;
  readonly place: TracePlace;
}

/** A request to cancel. */
export interface Cancel {
  readonly moment: number;
  readonly task: number;
  readonly by: TraceCause;
  readonly message: string | undefined;
  /** What in the library cancelled: `timeout`, `TaskGroup`; undefined if the program called `cancel` itself. */
  readonly through: string | undefined;
  /** The line of that call, if known. */
  readonly place: TracePlace | null;
  /** The moment at which a step of the task received it; undefined if none did. */
  received: number | undefined;
  /** The await that it interrupts, then the lines of catch and finally blocks on the way out, as they are reached. */
  steps: readonly UnwindingStep[];
  /** The moment at which the task ends or goes on as before. */
  until: number;
}

/** The life of one task. */
export interface Lane {
  readonly task: number;
  /** The name that the program gave it; if it gave none, that of the coroutine, numbered from the second on. */
  readonly name: string;
  /** It was alive before the trace began. */
  readonly found?: true;
  /** The task that spawned it, if the trace knows it. */
  readonly parent: number | null;
  readonly depth: number;
  readonly place: TracePlace | null;
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
  readonly ending: Ending;
  /** The error of a failed task, in one line. */
  readonly error?: string;
}

/** A step that held the loop up for a long time. */
export interface Block {
  readonly task: number;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** A trace as lanes. */
export interface Model {
  /** In the order of a tree: each task stands below its spawner, after the spawner's earlier children. */
  readonly lanes: readonly Lane[];
  /** Seconds since the trace began, at each moment; they never fall. The last one is the end. */
  readonly times: Float64Array;
  /** The loop's pass at each moment; the trace's first is 1. */
  readonly iterations: Int32Array;
  readonly cancels: readonly Cancel[];
  readonly prints: readonly Print[];
  readonly blocks: readonly Block[];
  readonly forgotten: readonly Lost[];
  /** How many records the trace had no room for. */
  readonly dropped: number;
  readonly clock: 'real' | 'virtual';
}

/** The lane's stretch at a moment; undefined before the task was created and after it ended. */
export function stretchAt(lane: Lane, moment: number): Stretch | undefined {
  if (moment < lane.from || moment >= lane.to) return undefined;
  let [low, high] = [0, lane.stretches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lane.stretches[middle] as Stretch).from <= moment) low = middle;
    else high = middle - 1;
  }
  return lane.stretches[low];
}

/** How many seconds a stretch or a lane lasts. */
export function secondsOf(model: Model, { from, to }: { readonly from: number; readonly to: number }): number {
  return (model.times[to] ?? 0) - (model.times[from] ?? 0);
}
