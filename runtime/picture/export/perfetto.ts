// A trace in the JSON object form of Chromium's "Trace Event Format", which ui.perfetto.dev and chrome://tracing open:
// one thread per task, one slice per stretch, and an arrow from the task that wakes or cancels to the one that it wakes
// or cancels.

import type { TraceCause } from '../../asyncio/engine/trace-records.ts';
import { cancelWords, namesOf, placeWords, stretchWords, waitWords } from '../lanes/words.ts';
import { type Lane, type Model, type Stretch, stretchAt } from '../model/model.ts';

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

/** The content of the file. */
export interface TraceFile {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
}

/** No task's number: Perfetto takes a thread with the process's number for the main thread and puts it first. */
const PID = 1_000_000_000;
/** Least microseconds between two records: otherwise steps are invisible and arrows find no slice to bind to. */
const LEAST = { real: 0.01, virtual: 1 } as const;

/** A model for Perfetto. Steps take no virtual time, so under the virtual clock each record adds a microsecond. */
export function toPerfetto(model: Model): TraceFile {
  const micros = microsOf(model);
  const name = namesOf(model);
  const lanes = new Map(model.lanes.map((lane) => [lane.task, lane]));
  const events: TraceEvent[] = [meta('process_name', 0, { name: 'cokernel' })];
  let flows = 0;
  /** An arrow from the step in which a task did something to the other task's slice that begins or is open then. */
  const join = (kind: 'wake' | 'cancel', by: TraceCause | undefined, to: number, moment: number): void => {
    const from = by?.kind === 'task' ? lanes.get(by.task) : undefined;
    const start = from && stepAt(from, moment, micros);
    if (from === undefined || start === undefined || stretchAt(lanes.get(to) ?? from, moment) === undefined) return;
    const flow = { name: `${kind}s`, cat: kind, id: ++flows, pid: PID };
    events.push({ ...flow, ph: 's', tid: from.task, ts: start });
    events.push({ ...flow, ph: 'f', bp: 'e', tid: to, ts: micros(moment) });
  };
  for (const [at, lane] of model.lanes.entries()) {
    const { task, stretches } = lane;
    events.push(meta('thread_name', task, { name: lane.name }), meta('thread_sort_index', task, { sort_index: at }));
    for (const stretch of stretches) {
      const [ts, end] = [micros(stretch.from), micros(stretch.to)];
      const args = { says: stretchWords(model, stretch, name), ...argsOf(stretch) };
      events.push({ ...slice(lane, stretch), ts, dur: nanos(end - ts), args });
      if (stretch.state === 'ready') join('wake', stretch.by, task, stretch.from);
    }
    const args = lane.error === undefined ? undefined : { error: lane.error };
    events.push(instant(lane.ending, 'end', task, micros(lane.to), args));
  }
  for (const cancel of model.cancels) {
    const { moment, task, message = '' } = cancel;
    const args = { message, says: cancelWords(cancel, name), ...argsOf(cancel) };
    events.push(instant('cancel', 'cancel', task, micros(moment), args));
    join('cancel', cancel.by, task, moment);
  }
  const otherData = { clock: model.clock, dropped: String(model.dropped) };
  return { traceEvents: events, displayTimeUnit: 'ms', otherData };
}

/** The time of each moment in microseconds, rounded to nanoseconds; no two are the same. */
function microsOf({ times, clock }: Model): (moment: number) => number {
  const all = new Float64Array(times.length);
  let before = -LEAST[clock];
  for (const [moment, seconds] of times.entries()) {
    before = nanos(Math.max(seconds * 1e6, before + LEAST[clock]));
    all[moment] = before;
  }
  return (moment) => all[moment] ?? 0;
}

function nanos(micros: number): number {
  return Math.round(micros * 1e3) / 1e3;
}

/** A time within the step that the task takes at a moment; if its last step has ended, a time just before that end. */
function stepAt({ stretches }: Lane, moment: number, micros: (moment: number) => number): number | undefined {
  const step = stretches.findLast(({ state, from }) => state === 'running' && from <= moment);
  if (step === undefined) return undefined;
  return moment < step.to ? micros(moment) : nanos(Math.max(micros(step.from), micros(step.to) - 0.005));
}

function instant(
  name: string,
  cat: string,
  tid: number,
  ts: number,
  args: Readonly<Record<string, unknown>> | undefined,
): TraceEvent {
  return { name, ph: 'i', s: 't', cat, pid: PID, tid, ts, ...(args && { args }) };
}

function meta(kind: string, tid: number, args: Readonly<Record<string, unknown>>): TraceEvent {
  return { name: kind, ph: 'M', pid: PID, tid, args };
}

function slice(lane: Lane, stretch: Stretch): Pick<TraceEvent, 'name' | 'ph' | 'cat' | 'pid' | 'tid'> {
  const title = stretch.state === 'suspended' ? waitWords(stretch) : stretch.state;
  return { name: title, ph: 'X', cat: stretch.state, pid: PID, tid: lane.task };
}

function argsOf({ place, waitsFor }: Pick<Stretch, 'place' | 'waitsFor'>): Record<string, unknown> {
  const where = placeWords(place, true);
  return { ...(where !== '' && { where }), ...(typeof waitsFor === 'number' && { waitsFor }) };
}
