// What a trace means: lanes of stretches, one lane a task. How they are read off the records is in from-records.ts.
// A moment is the index of a record; between two moments nothing changes, so a stretch runs from one to another.

import type { TraceCause, TracePlace } from '../../asyncio/engine/trace-records.ts';
import type { Lost } from '../record/recording.ts';

/** Before its first step; in the ready queue; in its step; waiting. */
export type State = 'created' | 'ready' | 'running' | 'suspended';

/** A time in which a task's state does not change. */
export interface Stretch {
  readonly state: State;
  /** The moment at which it begins, and the one at which the next begins. */
  readonly from: number;
  readonly to: number;
  /** What is waited for: `sleep(0.5)`, `lock printer`. Of suspended stretches. */
  readonly on?: string;
  /** The task waited for, or that holds what is waited for. */
  readonly waitsFor?: number | null;
  /** The tasks that a gather waits for. */
  readonly among?: readonly number[];
  /** Which lock, queue or such is waited for. */
  readonly shared?: number;
  /** Where the await stands. */
  readonly place?: TracePlace | null;
  /** The coroutines that await the innermost one, from the inside out. */
  readonly callers?: readonly TracePlace[];
  /** Who put it into the ready queue. Of ready stretches. */
  readonly by?: TraceCause;
}

export type Ending = 'done' | 'failed' | 'cancelled' | 'unfinished';

/** A line on the way, and the moment at which it is reached. */
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
  /** What of the library asked: `timeout`, `TaskGroup`; undefined where the program called `cancel` itself. */
  readonly through: string | undefined;
  /** The line of that call, where it is known. */
  readonly place: TracePlace | null;
  /** The moment at which the task's next step received it; undefined where none did. */
  received: number | undefined;
  /** The await that it hits, and the lines of the catch and finally blocks on its way out, as they are reached. */
  steps: readonly UnwindingStep[];
  /** The moment at which the task is over, or goes on as before. */
  until: number;
}

/** The life of one task. */
export interface Lane {
  readonly task: number;
  readonly name: string;
  /** The task that spawned it, where the trace has it. */
  readonly parent: number | null;
  readonly depth: number;
  readonly place: TracePlace | null;
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
  readonly ending: Ending;
  /** The error of a failed one, in one line. */
  readonly error?: string;
}

/** A step that kept the loop from everything else for long. */
export interface Block {
  readonly task: number;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** A trace as lanes. */
export interface Model {
  /** Nested: each task directly below those that its spawner spawned before it. */
  readonly lanes: readonly Lane[];
  /** Seconds since the trace began, of each moment; never falling. The last is the end. */
  readonly times: Float64Array;
  /** Pass of the loop, of each moment. */
  readonly iterations: Int32Array;
  readonly cancels: readonly Cancel[];
  readonly blocks: readonly Block[];
  readonly forgotten: readonly Lost[];
  /** How many records the trace had no room for. */
  readonly dropped: number;
  readonly clock: 'real' | 'virtual';
  /** Of the model in a page: how many lanes stayed behind. */
  readonly hidden?: number;
}

/** The lane's stretch at a moment; undefined before it was created and after it ended. */
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

/** Seconds that a stretch lasts. */
export function secondsOf(model: Model, { from, to }: { readonly from: number; readonly to: number }): number {
  return (model.times[to] ?? 0) - (model.times[from] ?? 0);
}
