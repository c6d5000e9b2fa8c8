// A model as compact JSON for the page, and back. A large model is thinned: only every n-th moment is kept.

import type { TraceCause, TracePlace } from '../../asyncio/engine/trace-records.ts';
import type { Lost } from '../record/recording.ts';
import type { Block, Cancel, Ending, Lane, Model, Print, Span, State, Stretch } from './model.ts';

const STATES: readonly State[] = ['created', 'ready', 'running', 'suspended'];
const ENDINGS: readonly Ending[] = ['done', 'failed', 'cancelled', 'unfinished'];
const OTHERS = ['timer', 'callback', 'outside'] as const;

type PackedStretch = readonly (number | readonly number[])[];
type PackedLane = readonly [
  number,
  string,
  number | null,
  number,
  number,
  number,
  number,
  number,
  string | 0,
  readonly PackedStretch[],
  found: 0 | 1,
];

/** Moment, task, cause, message, received, through, place, until, and the steps as pairs of a moment and a place. */
type PackedCancel = readonly [
  number,
  number,
  number,
  string | 0,
  number,
  string | 0,
  number,
  number,
  readonly number[],
];

/** Moment, task (0: none), 1 if it is an error text, and the text. */
type PackedPrint = readonly [number, number, 0 | 1, string];

/** Of a longer output only so many characters travel to the page. */
const MOST_PRINTED = 20_000;

/** What travels to the page. */
export interface Packed {
  readonly words: readonly string[];
  readonly places: readonly (readonly [number, number, number, number])[];
  readonly lanes: readonly PackedLane[];
  /** In microseconds, and like the passes as what each adds to the one before: short numbers, many of them equal. */
  readonly times: readonly number[];
  readonly iterations: readonly number[];
  readonly cancels: readonly PackedCancel[];
  readonly prints: readonly PackedPrint[];
  readonly blocks: readonly Block[];
  readonly forgotten: readonly Lost[];
  readonly dropped: number;
  readonly clock: Model['clock'];
  /** One in so many moments is kept. */
  readonly every: number;
  readonly sources: Readonly<Record<string, string>>;
}

/** Packs a model, thinned to about `most` moments. */
export function pack(model: Model, sources: Readonly<Record<string, string>>, most: number): Packed {
  const every = Math.max(1, Math.ceil(model.times.length / most));
  const last = Math.ceil((model.times.length - 1) / every);
  const thin = (moment: number): number => Math.min(last, Math.round(moment / every));
  const words = indexed<string>((word) => word);
  const places = indexed<readonly [number, number, number, number]>((place) => place.join(' '));
  const placeAt = (place: TracePlace | null | undefined): number =>
    place ? places.at([place.coroutine, words.at(place.name), words.at(place.file ?? ''), place.line ?? 0]) : -1;
  const stretch = ({
    state,
    from,
    to,
    on,
    waitsFor,
    place,
    callers = [],
    among = [],
    shared = 0,
    by,
    ran = [],
  }: Stretch): PackedStretch => {
    const head = [STATES.indexOf(state), thin(to) - thin(from)];
    if (state === 'ready') return [...head, by === undefined ? 0 : causeNumber(by)];
    if (state === 'running') return [...head, ...ran.flatMap((span) => [words.at(span.file), span.from, span.to])];
    if (state !== 'suspended') return head;
    const rest = [words.at(on ?? ''), placeAt(place), waitsFor ?? 0];
    const more = [callers.map(placeAt), among, shared];
    return callers.length + among.length + shared === 0 ? [...head, ...rest] : [...head, ...rest, ...more];
  };
  const lanes = model.lanes.map((lane): PackedLane => {
    const { task, name, parent, depth, from, to, ending, error } = lane;
    const kept = lane.stretches.map(stretch).filter(([, moments]) => moments !== 0);
    return [
      task,
      name,
      parent,
      depth,
      placeAt(lane.place),
      thin(from),
      thin(to),
      ENDINGS.indexOf(ending),
      error ?? 0,
      kept,
      lane.found ? 1 : 0,
    ];
  });
  const kept = Array.from({ length: last + 1 }, (_, at) => Math.min(at * every, model.times.length - 1));
  return {
    words: words.all,
    places: places.all,
    lanes,
    times: added(kept.map((at) => Math.round((model.times[at] ?? 0) * 1e6))),
    iterations: added(kept.map((at) => model.iterations[at] ?? 0)),
    cancels: model.cancels.map((cancel): PackedCancel => {
      const { moment, task, by, message, received, through, place, until, steps } = cancel;
      return [
        ...([thin(moment), task, causeNumber(by), message ?? 0] as const),
        ...([received === undefined ? -1 : thin(received), through ?? 0, placeAt(place), thin(until)] as const),
        steps.flatMap((step) => [thin(step.moment), placeAt(step.place)]),
      ];
    }),
    prints: printsOf(model.prints, thin),
    blocks: model.blocks.map((block) => ({ ...block, from: thin(block.from), to: thin(block.to) })),
    forgotten: model.forgotten.map((lost) => ({ ...lost, moment: thin(lost.moment) })),
    dropped: model.dropped,
    clock: model.clock,
    every,
    sources,
  };
}

function added(numbers: readonly number[]): number[] {
  return numbers.map((one, at) => one - (numbers[at - 1] ?? 0));
}

function summed(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((one) => {
    sum += one;
    return sum;
  });
}

function printsOf(prints: readonly Print[], thin: (moment: number) => number): PackedPrint[] {
  let room = MOST_PRINTED;
  return prints.flatMap(({ moment, task, stream, text }): PackedPrint[] => {
    room -= text.length;
    return room < 0 ? [] : [[thin(moment), task ?? 0, stream === 'stderr' ? 1 : 0, text]];
  });
}

/** The model that was packed. */
export function unpack(packed: Packed): Model {
  const { words, places, forgotten, blocks, dropped, clock } = packed;
  const placeOf = (at: number): TracePlace | null => {
    const place = places[at];
    if (place === undefined) return null;
    return {
      coroutine: place[0],
      name: words[place[1]] ?? '',
      file: words[place[2]] || undefined,
      line: place[3] || undefined,
    };
  };
  const spansOf = (numbers: readonly number[]): Span[] => {
    const spans: Span[] = [];
    for (let at = 0; at + 2 < numbers.length; at += 3) {
      const [file = 0, from = 0, to = 0] = numbers.slice(at, at + 3);
      spans.push({ file: words[file] ?? '', from, to });
    }
    return spans;
  };
  const stretchOf = (stretch: PackedStretch, from: number): Stretch => {
    const [state, moments, a = 0, b = -1, c = 0, d = [], e = [], f = 0] = stretch as readonly [
      number,
      number,
      number?,
      number?,
      number?,
      (readonly number[])?,
      (readonly number[])?,
      number?,
    ];
    const head = { state: STATES[state] ?? 'suspended', from, to: from + moments };
    if (head.state === 'ready') return { ...head, by: causeOf(a) };
    if (head.state === 'running') return { ...head, ran: spansOf(stretch.slice(2) as readonly number[]) };
    if (head.state !== 'suspended') return head;
    const callers = d.map(placeOf).filter((place) => place !== null);
    return {
      ...head,
      on: words[a] ?? '',
      place: placeOf(b),
      waitsFor: c === 0 ? null : c,
      callers,
      ...(e.length > 0 && { among: e }),
      ...(f > 0 && { shared: f }),
    };
  };
  // The stretches of a lane leave no gap.
  const stretchesOf = (all: readonly PackedStretch[], begin: number): Stretch[] => {
    let from = begin;
    return all.map((one) => {
      const stretch = stretchOf(one, from);
      from = stretch.to;
      return stretch;
    });
  };
  const lanes = packed.lanes.map(
    ([task, name, parent, depth, place, from, to, ending, error, stretches, found]): Lane => ({
      ...{ task, name, parent, depth, place: placeOf(place), from, to, ending: ENDINGS[ending] ?? 'unfinished' },
      ...(error !== 0 && { error }),
      ...(found === 1 && { found: true as const }),
      stretches: stretchesOf(stretches, from),
    }),
  );
  const cancels = packed.cancels.map(
    ([moment, task, by, message, received, through, place, until, steps]): Cancel => ({
      ...{ moment, task, by: causeOf(by), message: message === 0 ? undefined : message },
      ...{ received: received < 0 ? undefined : received, until },
      ...{ through: through === 0 ? undefined : through, place: placeOf(place) },
      steps: steps.flatMap((at, index) => {
        const where = index % 2 === 0 ? placeOf(steps[index + 1] ?? -1) : null;
        return where === null ? [] : [{ moment: at, place: where }];
      }),
    }),
  );
  const prints = packed.prints.map(
    ([moment, task, wrong, text]): Print => ({
      ...{ moment, task: task === 0 ? null : task, stream: wrong === 1 ? 'stderr' : 'stdout', text },
    }),
  );
  const times = Float64Array.from(summed(packed.times), (micros) => micros / 1e6);
  return {
    lanes,
    times,
    iterations: Int32Array.from(summed(packed.iterations)),
    cancels,
    prints,
    blocks,
    forgotten,
    dropped,
    clock,
  };
}

/** The number of a task, or a negative number for any other cause. */
function causeNumber(by: TraceCause): number {
  return by.kind === 'task' ? by.task : -1 - OTHERS.indexOf(by.kind);
}

function causeOf(number: number): TraceCause {
  return number > 0 ? { kind: 'task', task: number } : { kind: OTHERS[-1 - number] ?? 'outside' };
}

function indexed<Item>(keyOf: (item: Item) => string): { readonly all: Item[]; at(item: Item): number } {
  const known = new Map<string, number>();
  const all: Item[] = [];
  return {
    all,
    at(item) {
      const key = keyOf(item);
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, all.length);
      return all.push(item) - 1;
    },
  };
}
