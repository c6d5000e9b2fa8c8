// From the lines of a person's text to places in the running code, and back.

import {
  compose,
  lookUp,
  type MappedScript,
  type Mappings,
  readMaps,
  type Segment,
} from '../../runtime/compile/maps.ts';
import type { CodePlace, RunningCode } from './running-code.ts';

/** A place in a person's text; line and column count from 1. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** Where a breakpoint is put. */
export interface Stop {
  /** The line in the person's text: that which was asked for, or the next that has code. */
  readonly line: number;
  readonly at: CodePlace;
}

/** The places of one script. */
export interface Places {
  /** The stop on that line, or on the first line after it at which V8 can stop. */
  stopAt(line: number): Promise<Stop | undefined>;
  /** The place in the person's text; undefined where the compiler made the code. */
  original(at: CodePlace): SourcePlace | undefined;
}

/** Where the script has no maps the code is the text. */
export function createPlaces(script: MappedScript, code: RunningCode): Places {
  const mappings = script.maps.length === 0 ? undefined : readMaps(script).reduce(compose);
  let stops: readonly Stop[] | undefined;
  const original = (at: CodePlace): SourcePlace | undefined => {
    if (mappings === undefined) return { line: at.line + 1, column: at.column + 1 };
    const segments = mappings[at.line];
    return placeOf(lookUp(segments, at.column)) ?? placeOf(segments?.find((segment) => segment.length > 1));
  };
  const allStops = async (): Promise<Stop[]> =>
    (await code.stops()).flatMap(({ start, end }) => {
      const at = code.place(start);
      const place = mappings === undefined ? original(at) : firstWithin(mappings, at, code.place(end));
      return place ? [{ line: place.line, at }] : [];
    });
  return {
    original,
    async stopAt(line) {
      stops ??= await allStops();
      let best: Stop | undefined;
      for (const stop of stops) {
        if (stop.line >= line && (best === undefined || stop.line < best.line)) best = stop;
      }
      return best;
    },
  };
}

function placeOf(segment: Segment | undefined): SourcePlace | undefined {
  if (segment === undefined || segment.length === 1) return undefined;
  return { line: segment[2] + 1, column: segment[3] + 1 };
}

/** What the compiler put at the start of a statement belongs to the person's code in it. */
function firstWithin(mappings: Mappings, from: CodePlace, to: CodePlace): SourcePlace | undefined {
  for (let line = from.line; line <= to.line; line++) {
    const segments = mappings[line] ?? [];
    if (line === from.line) {
      const here = lookUp(segments, from.column);
      if (here && here.length > 1 && here[0] === from.column) return placeOf(here);
    }
    const found = segments.find(
      (segment) =>
        segment.length > 1 &&
        (line > from.line || segment[0] >= from.column) &&
        (line < to.line || segment[0] < to.column),
    );
    if (found) return placeOf(found);
  }
  return undefined;
}
