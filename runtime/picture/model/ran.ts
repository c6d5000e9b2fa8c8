// The code that ran in a step: the lines from where the task resumed to the await where it paused, in each of its
// coroutines. The records only have the awaits; what lies between them is read off the source.

import type { TracePlace } from '../../asyncio/engine/trace-records.ts';
import { type CodeBlocks, codeBlocks, type Lines } from './code-blocks.ts';
import type { Cancel, Lane, Model, Span, Stretch } from './model.ts';

type SourceOf = (file: string) => string | undefined;

/** At most so many steps get their lines: nobody looks at more, and each costs a few bytes of the page. */
const MOST_STEPS = 20_000;

/** The model with the lines that ran in each step. */
export function withRan(model: Model, sourceOf: SourceOf): Model {
  let steps = 0;
  const lanes = model.lanes.map((lane) => ({
    ...lane,
    stretches: lane.stretches.map((stretch, at) => {
      if (stretch.state !== 'running' || ++steps > MOST_STEPS) return stretch;
      const ran = ranIn(lane, at, model.cancels, sourceOf);
      return ran.length === 0 ? stretch : { ...stretch, ran };
    }),
  }));
  return { ...model, lanes };
}

function ranIn(lane: Lane, at: number, cancels: readonly Cancel[], sourceOf: SourceOf): Span[] {
  const before = framesOf(lane.stretches.slice(0, at).findLast(isWait));
  const next = lane.stretches.slice(at + 1).find(isWait);
  const after = framesOf(next);
  const { from } = lane.stretches[at] as Stretch;
  // An error leaves the await where it arrives; which lines came after that is not known.
  const thrown = cancels.some(({ task, received }) => task === lane.task && received === from);
  const begins = before.length === 0 && lane.place !== null && !lane.found;
  const start = begins && after.length === 0 ? [lane.place as TracePlace] : [];
  const spans = [
    ...before.flatMap((frame, depth) => {
      const same = after.findIndex((one) => sameFrame(one, frame));
      if (same === -1) return spanOf(frame, sourceOf, ({ line, body }) => [[line, thrown ? line : body.to]]);
      const below = [before[depth - 1], after[same - 1]] as const;
      if (below[0] !== undefined && below[1] !== undefined && sameFrame(below[0], below[1])) return [];
      const end = after[same]?.line ?? 0;
      return spanOf(frame, sourceOf, (known) =>
        thrown
          ? [
              [known.line, known.line],
              [end, end],
            ]
          : between(known, end),
      );
    }),
    ...after
      .filter((frame) => !before.some((one) => sameFrame(one, frame)))
      .flatMap((frame) =>
        spanOf(frame, sourceOf, ({ line, body }) => [[begins || before.length > 0 ? body.from : line, line]]),
      ),
    ...start.flatMap((frame) => spanOf(frame, sourceOf, ({ body }) => [[body.from, body.to]])),
  ];
  return spans;
}

function isWait({ state }: Stretch): boolean {
  return state === 'suspended';
}

function framesOf(stretch: Stretch | undefined): TracePlace[] {
  return stretch?.place ? [stretch.place, ...(stretch.callers ?? [])] : [];
}

function sameFrame(one: TracePlace, other: TracePlace): boolean {
  return one.coroutine === other.coroutine && one.file === other.file && one.name === other.name;
}

interface Known {
  readonly line: number;
  /** The lines of its function. */
  readonly body: Lines;
  readonly loops: readonly Lines[];
}

function spanOf(
  { file, line, name }: TracePlace,
  sourceOf: SourceOf,
  lines: (known: Known) => readonly (readonly [from: number, to: number])[],
): Span[] {
  const source = file === undefined ? undefined : sourceOf(file);
  if (file === undefined || source === undefined || !line) return [];
  const blocks = codeBlocks(source);
  const body = bodyOf(blocks, name, line) ?? { from: 1, to: blocks.lineAt(source.trimEnd().length) };
  const loops = blocks.loops
    .map(({ start, end }) => ({ from: blocks.lineAt(start), to: blocks.lineAt(end - 1) }))
    .filter(({ from, to }) => from >= body.from && to <= body.to);
  return lines({ line, body, loops })
    .filter(([from, to]) => from <= to && from > 0)
    .map(([from, to]) => ({ file, from, to }));
}

/** The innermost function of that name round a line; without one, as where the library calls a function, the innermost. */
function bodyOf({ functions, lineAt }: CodeBlocks, name: string, line: number): Lines | undefined {
  const around = functions
    .map((one) => ({ name: one.name, from: lineAt(one.start), to: lineAt(one.end - 1) }))
    .filter(({ from, to }) => from <= line && line <= to)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  return around.find((one) => one.name === name) ?? around[0];
}

/** From one line to the next await: straight on, or to the end of the loop and round again. */
function between({ line, loops }: Known, end: number): readonly (readonly [number, number])[] {
  if (end > line) return [[line, end]];
  const loop = loops
    .filter(({ from, to }) => from <= end && line <= to)
    .sort((a, b) => a.to - a.from - (b.to - b.from))[0];
  if (loop === undefined) return [[end, line]];
  return end === line
    ? [[loop.from, loop.to]]
    : [
        [loop.from, end],
        [line, loop.to],
      ];
}
