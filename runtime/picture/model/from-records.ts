// From the records of a trace to its lanes, in one pure walk over the records. model.ts says what a lane is.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { type PictureRecord, type Recording, textOfError } from '../record/recording.ts';
import { named } from './lane-names.ts';
import type { Block, Cancel, Ending, Lane, Model, Print, Stretch } from './model.ts';
import { inTreeOrder } from './tree.ts';
import { unwind } from './unwinding.ts';

/** How a model is made. */
export interface ModelOptions {
  /** Steps that take at least so many seconds are marked as blocks; default 0.05. */
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
  readonly found: boolean;
  /** Cancellations that no step has received yet. */
  unreceived: Cancel[];
}

/** Turns a recording into lanes. The records may begin midway, end early, or have a clock that jumps. */
export function modelOf(recording: Recording, { blockSeconds = 0.05 }: ModelOptions = {}): Model {
  const { records } = recording;
  const times = timesOf(recording);
  const first = (records[0]?.iteration ?? 1) - 1;
  const iterations = Int32Array.from(
    { length: records.length + 1 },
    (_, i) => ((records[i] ?? records.at(-1))?.iteration ?? 0) - first,
  );
  const growing = new Map<number, Growing>();
  const cancels: Cancel[] = [];
  const prints: Print[] = [];
  for (const [moment, record] of records.entries()) {
    if (record.type === 'printed') {
      const { task, stream, text } = record;
      prints.push({ moment, task: task === 0 ? null : task, stream, text });
      continue;
    }
    const lane = growing.get(record.task) ?? begin(growing, record, moment);
    if (lane.ending === 'unfinished') apply(lane, record, moment, cancels);
  }
  const last = records.length;
  for (const lane of growing.values()) if (lane.ending === 'unfinished') close(lane, last);
  const lanes = named(inTreeOrder([...growing.values()].map(finished)));
  const blocks = lanes.flatMap((lane) => blocksOf(lane, times, blockSeconds));
  follow(cancels, growing, recording);
  const { forgotten, dropped, clock } = recording;
  return { lanes, times, iterations, cancels, prints, blocks, forgotten, dropped, clock };
}

/** At most so many cancellations are followed through the source: nobody could look at more. */
const MOST_FOLLOWED = 1000;

function follow(cancels: readonly Cancel[], lanes: ReadonlyMap<number, Growing>, { sourceOf }: Recording): void {
  const later = new Map<number, number>();
  for (const cancel of cancels.slice(0, MOST_FOLLOWED).reverse()) {
    const lane = lanes.get(cancel.task);
    if (lane === undefined) continue;
    const { steps, until } = unwind(lane, cancel, later.get(cancel.task), sourceOf);
    cancel.steps = steps;
    cancel.until = until;
    if (cancel.received !== undefined) later.set(cancel.task, cancel.received);
  }
}

/** The seconds since the trace began, at each moment; they never fall, whatever the clock did. */
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

/** Every record but a print is about the task itself. */
type OfTask = Exclude<PictureRecord, { readonly type: 'printed' }>;

function begin(growing: Map<number, Growing>, record: OfTask, moment: number): Growing {
  const found = record.type === 'found';
  const made = record.type === 'created' || found;
  const lane: Growing = {
    task: record.task,
    name: made ? record.name : `Task-${record.task}`,
    parent: made ? record.parent : null,
    place: made ? record.place : null,
    from: moment,
    to: moment,
    stretches: [],
    ending: 'unfinished',
    open: found && record.begun ? undefined : { state: 'created', from: moment },
    found,
    unreceived: [],
  };
  growing.set(record.task, lane);
  return lane;
}

function apply(lane: Growing, record: OfTask, moment: number, cancels: Cancel[]): void {
  switch (record.type) {
    case 'created':
    case 'found':
      return;
    case 'scheduled':
      if (lane.open?.state === 'suspended') change(lane, { state: 'ready', from: moment, by: record.by });
      return;
    case 'running':
      change(lane, { state: 'running', from: moment });
      for (const cancel of lane.unreceived) cancel.received = moment;
      lane.unreceived = [];
      return;
    case 'suspended': {
      const { on, waitsFor } = record;
      // A task whose coroutine is the library's own, such as createTask(queue.get()), only has the line where it began.
      const place = record.place ?? lane.place;
      const { callers, among, shared } = record;
      change(lane, {
        state: 'suspended',
        from: moment,
        on,
        waitsFor,
        place,
        ...(callers && { callers }),
        ...(among && { among }),
        ...(shared !== undefined && { shared }),
      });
      return;
    }
    case 'cancelled': {
      const { task, by, message, through, place } = record;
      const request = { moment, task, by, message, through, place };
      const cancel: Cancel = { ...request, received: undefined, steps: [], until: moment };
      cancels.push(cancel);
      lane.unreceived.push(cancel);
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
  // What a task that was there before does at first, it did already.
  const first = lane.stretches.length === 0 && lane.found;
  lane.open = first ? { ...next, from: lane.from } : next;
}

function close(lane: Growing, moment: number): void {
  if (lane.open !== undefined && lane.open.from < moment) lane.stretches.push({ ...lane.open, to: moment });
  lane.open = undefined;
  lane.to = moment;
}

function finished({
  task,
  name,
  parent,
  place,
  from,
  to,
  stretches,
  ending,
  error,
  found,
}: Growing): Omit<Lane, 'depth'> {
  const rest = { ...(error !== undefined && { error }), ...(found && { found }) };
  return { task, name, parent, place, from, to, stretches, ending, ...rest };
}

function blocksOf(lane: Lane, times: Float64Array, least: number): Block[] {
  return lane.stretches.flatMap(({ state, from, to }) => {
    const seconds = (times[to] ?? 0) - (times[from] ?? 0);
    return state === 'running' && seconds >= least ? [{ task: lane.task, from, to, seconds }] : [];
  });
}
