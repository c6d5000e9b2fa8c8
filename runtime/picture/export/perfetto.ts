// A trace in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open: a thread a task, a slice a
// stretch, an arrow from who wakes to who is woken. The format: "Trace Event Format" of the Chromium project, JSON object form.

import { type Lane, type Model, type Stretch, stretchAt } from '../model.ts';
import { namesOf, placeWords, stretchWords, waitWords } from '../words.ts';

/** One event; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly bp?: 'e';
  readonly s?: 't';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** The file as data. */
export interface TraceFile {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
}

const PID = 1;

/** A model for Perfetto. */
export function toPerfetto(model: Model): TraceFile {
  const micros = (moment: number): number => Math.round((model.times[moment] ?? 0) * 1e9) / 1e3;
  const name = namesOf(model);
  const events: TraceEvent[] = [meta('process_name', 0, { name: 'cokernel' })];
  let flows = 0;
  for (const [at, lane] of model.lanes.entries()) {
    events.push(
      meta('thread_name', lane.task, { name: lane.name }),
      meta('thread_sort_index', lane.task, { sort_index: at }),
    );
    for (const stretch of lane.stretches) {
      events.push({
        ...slice(lane, stretch),
        ts: micros(stretch.from),
        dur: Math.max(0, micros(stretch.to) - micros(stretch.from)),
        args: { says: stretchWords(model, stretch, name), ...argsOf(stretch) },
      });
      const waker = stretch.state === 'ready' && stretch.by?.kind === 'task' ? stretch.by.task : undefined;
      if (waker !== undefined && wakes(model, waker, stretch.from)) {
        const flow = { name: 'wakes', cat: 'wake', id: ++flows, pid: PID, ts: micros(stretch.from) };
        events.push({ ...flow, ph: 's', tid: waker }, { ...flow, ph: 'f', bp: 'e', tid: lane.task });
      }
    }
    events.push({
      name: lane.ending,
      ph: 'i',
      s: 't',
      cat: 'end',
      pid: PID,
      tid: lane.task,
      ts: micros(lane.to),
      ...(lane.error !== undefined && { args: { error: lane.error } }),
    });
  }
  for (const { moment, task, message } of model.cancels) {
    events.push({
      name: 'cancel',
      ph: 'i',
      s: 't',
      cat: 'cancel',
      pid: PID,
      tid: task,
      ts: micros(moment),
      args: { message: message ?? '' },
    });
  }
  return {
    traceEvents: events,
    displayTimeUnit: 'ms',
    otherData: { clock: model.clock, dropped: String(model.dropped) },
  };
}

function meta(kind: string, tid: number, args: Readonly<Record<string, unknown>>): TraceEvent {
  return { name: kind, ph: 'M', pid: PID, tid, args };
}

function slice(lane: Lane, stretch: Stretch): Pick<TraceEvent, 'name' | 'ph' | 'cat' | 'pid' | 'tid'> {
  const title = stretch.state === 'suspended' ? waitWords(stretch) : stretch.state;
  return { name: title, ph: 'X', cat: stretch.state, pid: PID, tid: lane.task };
}

function argsOf(stretch: Stretch): Record<string, unknown> {
  const where = placeWords(stretch.place, true);
  return {
    ...(where !== '' && { where }),
    ...(typeof stretch.waitsFor === 'number' && { waitsFor: stretch.waitsFor }),
  };
}

/** An arrow must begin in a slice: the waker's, at that time. */
function wakes(model: Model, waker: number, moment: number): boolean {
  const lane = model.lanes.find(({ task }) => task === waker);
  return lane !== undefined && (stretchAt(lane, moment) ?? stretchAt(lane, moment - 1)) !== undefined;
}
