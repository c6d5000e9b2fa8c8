// The way of a cancellation through the source: the await that receives it, then the catch and finally blocks around
// that, until the task ends or goes on as before. Pure; player/ draws it.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import type { Cancel, Ending, Lane, Stretch, UnwindingStep } from './model.ts';
import { type TryBlock, tries, tryBlocks, within } from './try-blocks.ts';

/** The way, and the moment at which it ends. */
export interface Unwinding {
  readonly steps: readonly UnwindingStep[];
  readonly until: number;
}

/** The text of a file that a place names, if known. */
type SourceOf = (file: string) => string | undefined;

/** The parts of a lane that are needed. */
type CancelledLane = Pick<Lane, 'place' | 'stretches' | 'to'> & { readonly ending: Ending };

/** Follows one cancellation. `next` is when the task receives its next one: from then on, that one is followed. */
export function unwind(lane: CancelledLane, cancel: Cancel, next: number | undefined, sourceOf: SourceOf): Unwinding {
  const { moment, received } = cancel;
  const standing = standingAt(lane, moment);
  const hit = standing[0] ?? lane.place;
  const steps: UnwindingStep[] = hit === null ? [] : [{ moment, place: hit }];
  if (received === undefined) return { steps, until: lane.to };
  const ways = handlersOn(standing, sourceOf);
  let passed = 0;
  for (const stretch of lane.stretches) {
    if (stretch.state !== 'suspended' || stretch.from <= received) continue;
    const frames = framesOf(stretch);
    const at = ways.findIndex(({ place, lines }) =>
      frames.some((one) => sameFrame(one, place) && within(one.line, lines)),
    );
    if (at === -1 || (next !== undefined && stretch.from >= next)) return { steps, until: stretch.from };
    steps.push(...ways.slice(passed, at).map((way) => ({ moment: stepBefore(lane, stretch), place: entry(way) })));
    passed = Math.max(passed, at + 1);
    if (frames[0] !== undefined) steps.push({ moment: stretch.from, place: frames[0] });
  }
  // The task ended by the error, so every block around its awaits has run.
  if (lane.ending === 'cancelled') {
    const last = lane.stretches.at(-1);
    steps.push(...ways.slice(passed).map((way) => ({ moment: last?.from ?? received, place: entry(way) })));
  }
  return { steps, until: lane.to };
}

/** The moment at which the step before a stretch began. */
function stepBefore({ stretches }: CancelledLane, stretch: Stretch): number {
  return stretches[stretches.indexOf(stretch) - 1]?.from ?? stretch.from;
}

/** The coroutines in which a task stands at a moment, innermost first. */
function standingAt({ stretches }: CancelledLane, moment: number): TracePlace[] {
  const waits = stretches.filter(({ state, from }) => state === 'suspended' && from <= moment);
  const last = waits.at(-1);
  return last === undefined ? [] : framesOf(last);
}

function framesOf({ place, callers = [] }: Stretch): TracePlace[] {
  return place ? [place, ...callers] : [...callers];
}

function sameFrame(one: TracePlace, other: TracePlace): boolean {
  return one.coroutine === other.coroutine && one.file === other.file;
}

/** A catch or finally block on the way out, in one of the coroutines in which the task stood. */
interface Way {
  readonly place: TracePlace;
  readonly lines: TryBlock['handlers'][number];
}

function handlersOn(standing: readonly TracePlace[], sourceOf: SourceOf): Way[] {
  return standing.flatMap((place) => {
    const source = place.file === undefined ? undefined : sourceOf(place.file);
    if (source === undefined) return [];
    const around = tryBlocks(source).filter((block) => tries(place.line, block));
    return around.flatMap(({ handlers }) => handlers.map((lines) => ({ place, lines })));
  });
}

function entry({ place, lines }: Way): TracePlace {
  return { ...place, line: lines.from };
}
