// A trace as plain data for programs: the lanes, with times in seconds. This is what JSON.stringify(trace) writes.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import type { Lane, Model, Stretch } from '../model/model.ts';

/** A stretch with times in seconds instead of moments. */
type Timed = Omit<Stretch, 'from' | 'to'> & { readonly start: number; readonly end: number };

/** The whole trace as data. */
export interface TraceData {
  readonly clock: Model['clock'];
  readonly seconds: number;
  readonly tasks: readonly (Omit<Lane, 'from' | 'to' | 'stretches'> & {
    readonly start: number;
    readonly end: number;
    readonly stretches: readonly Timed[];
  })[];
  readonly cancels: readonly {
    readonly time: number;
    readonly task: number;
    readonly message: string | undefined;
    /** What in the library cancelled; undefined if the program called `cancel` itself, at `place`. */
    readonly through: string | undefined;
    readonly place: TracePlace | null;
  }[];
  readonly forgotten: readonly string[];
  readonly dropped: number;
}

/** A model as data. */
export function toData(model: Model): TraceData {
  const at = (moment: number): number => model.times[moment] ?? 0;
  const timed = <Spanned extends { from: number; to: number }>({ from, to, ...rest }: Spanned) => ({
    start: at(from),
    end: at(to),
    ...rest,
  });
  return {
    clock: model.clock,
    seconds: model.times.at(-1) ?? 0,
    tasks: model.lanes.map(({ stretches, ...lane }) => ({ ...timed(lane), stretches: stretches.map(timed) })),
    cancels: model.cancels.map(({ moment, task, message, through, place }) => ({
      ...{ time: at(moment), task, message, through, place },
    })),
    forgotten: model.forgotten.map(({ name }) => name),
    dropped: model.dropped,
  };
}
