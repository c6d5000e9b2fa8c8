// What a trace means: from its records to lanes of stretches, one lane a task. Pure, and of no drawing.
// A moment is the index of a record; between two moments nothing changes, so a stretch runs from one to another.

import type { TraceCause, TracePlace, TraceRecord } from '../asyncio/trace.ts';
import { type Lost, type Recording, textOfError } from './recording.ts';
import { inTreeOrder } from './tree.ts';

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
  /** Where the await stands. */
  readonly place?: TracePlace | null;
  /** The coroutines that await the innermost one, from the inside out. */
  readonly callers?: readonly TracePlace[];
  /** Who put it into the ready queue. Of ready stretches. */
  readonly by?: TraceCause;
}

export type Ending = 'done' | 'failed' | 'cancelled' | 'unfinished';

/** A request to cancel. */
export interface Cancel {
  readonly moment: number;
  readonly task: number;
  readonly by: TraceCause;
  readonly message: string | undefined;
  /** The moment at which the task's next step received it; undefined where none did. */
  received: number | undefined;
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

/** How a model is made. */
export interface ModelOptions {
  /** Steps longer than so many seconds are marked as blocks; default 0.05. */
  readonly blockSeconds?: number;
}

interface Growing {
  readonly task: number;
  name: string;
  parent: number | null;
  place: TracePlace | null;
  from: number;
  to: number;
  stretches: Stretch[];
  ending: Ending;
  error?: string;
  open: Omit<Stretch, 'to'> | undefined;
  /** Cancelled, and not stepped since. */
  struck: Cancel[];
}

/** Makes lanes of a recording. Records may begin midway, end early, or have a clock that jumps. */
export function modelOf(recording: Recording, { blockSeconds = 0.05 }: ModelOptions = {}): Model {
  const { records } = recording;
  const times = timesOf(recording);
  const iterations = Int32Array.from(
    { length: records.length + 1 },
    (_, i) => (records[i] ?? records.at(-1))?.iteration ?? 0,
  );
  const growing = new Map<number, Growing>();
  const cancels: Cancel[] = [];
  for (const [moment, record] of records.entries()) {
    const lane = growing.get(record.task) ?? begin(growing, record, moment);
    if (lane.ending === 'unfinished') apply(lane, record, moment, cancels);
  }
  const last = records.length;
  for (const lane of growing.values()) if (lane.ending === 'unfinished') close(lane, last);
  const lanes = inTreeOrder([...growing.values()].map(finished));
  const blocks = lanes.flatMap((lane) => blocksOf(lane, times, blockSeconds));
  const { forgotten, dropped, clock } = recording;
  return { lanes, times, iterations, cancels, blocks, forgotten, dropped, clock };
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

/** From the trace's first moment, and never falling, whatever the clock did. */
function timesOf({ records, ended }: Recording): Float64Array {
  const times = new Float64Array(records.length + 1);
  const first = records.find(({ time }) => Number.isFinite(time))?.time ?? 0;
  let latest = 0;
  for (let at = 0; at <= records.length; at++) {
    const since = (records[at]?.time ?? ended ?? Number.NaN) - first;
    if (since > latest && Number.isFinite(since)) latest = since;
    times[at] = latest;
  }
  return times;
}

function begin(growing: Map<number, Growing>, record: TraceRecord, moment: number): Growing {
  const made = record.type === 'created';
  const lane: Growing = {
    task: record.task,
    name: made ? record.name : `Task-${record.task}`,
    parent: made ? record.parent : null,
    place: made ? record.place : null,
    from: moment,
    to: moment,
    stretches: [],
    ending: 'unfinished',
    open: { state: 'created', from: moment },
    struck: [],
  };
  growing.set(record.task, lane);
  return lane;
}

function apply(lane: Growing, record: TraceRecord, moment: number, cancels: Cancel[]): void {
  switch (record.type) {
    case 'created':
      return;
    case 'scheduled':
      if (lane.open?.state === 'suspended') change(lane, { state: 'ready', from: moment, by: record.by });
      return;
    case 'running':
      change(lane, { state: 'running', from: moment });
      for (const cancel of lane.struck) cancel.received = moment;
      lane.struck = [];
      return;
    case 'suspended': {
      const { on, waitsFor } = record;
      // A task of the library's own coroutine, such as createTask(queue.get()), has no line but its beginning.
      const place = record.place ?? lane.place;
      const { callers, among } = record;
      change(lane, {
        state: 'suspended',
        from: moment,
        on,
        waitsFor,
        place,
        ...(callers && { callers }),
        ...(among && { among }),
      });
      return;
    }
    case 'cancelled': {
      const cancel = { moment, task: record.task, by: record.by, message: record.message, received: undefined };
      cancels.push(cancel);
      lane.struck.push(cancel);
      return;
    }
    case 'done':
    case 'failed':
      close(lane, moment);
      lane.ending = record.type === 'failed' ? 'failed' : record.outcome === 'cancelled' ? 'cancelled' : 'done';
      if (record.type === 'failed') lane.error = textOfError(record.error);
      return;
  }
}

function change(lane: Growing, next: Omit<Stretch, 'to'>): void {
  close(lane, next.from);
  lane.open = next;
}

function close(lane: Growing, moment: number): void {
  if (lane.open !== undefined && lane.open.from < moment) lane.stretches.push({ ...lane.open, to: moment });
  lane.open = undefined;
  lane.to = moment;
}

function finished({ task, name, parent, place, from, to, stretches, ending, error }: Growing): Omit<Lane, 'depth'> {
  return { task, name, parent, place, from, to, stretches, ending, ...(error !== undefined && { error }) };
}

function blocksOf(lane: Lane, times: Float64Array, least: number): Block[] {
  return lane.stretches.flatMap(({ state, from, to }) => {
    const seconds = (times[to] ?? 0) - (times[from] ?? 0);
    return state === 'running' && seconds >= least ? [{ task: lane.task, from, to, seconds }] : [];
  });
}
