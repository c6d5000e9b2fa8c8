// Source maps: reads, writes and composes mappings. runtime/cell/errors/sources.ts looks places up in them.

import { lineStarts } from './lines.ts';
import { normalise } from './normalise.ts';

/** [column, source, line in the source, column in the source], the last four where known; all count from 0. */
export type Segment = readonly [number] | readonly [number, number, number, number, number?];
/** The segments of each line of the generated text. */
export type Mappings = readonly (readonly Segment[])[];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Uint8Array(128);
for (let index = 0; index < DIGITS.length; index++) VALUES[DIGITS.charCodeAt(index)] = index;

/** Reads the mappings of a version 3 map. */
export function decode(mappings: string): Mappings {
  const lines: Segment[][] = [[]];
  const state = [0, 0, 0, 0, 0];
  let numbers: number[] = [];
  let value = 0;
  let shift = 0;
  const flush = (): void => {
    if (numbers.length === 0) return;
    numbers.forEach((number, index) => {
      state[index] = (state[index] ?? 0) + number;
    });
    const [column = 0, source = 0, line = 0, place = 0] = state;
    (lines.at(-1) as Segment[]).push(numbers.length === 1 ? [column] : [column, source, line, place]);
    numbers = [];
  };
  for (let at = 0; at < mappings.length; at++) {
    const code = mappings.charCodeAt(at);
    if (code === 59 || code === 44) {
      flush();
      if (code === 59) {
        lines.push([]);
        state[0] = 0;
      }
      continue;
    }
    const digit = VALUES[code] ?? 0;
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  flush();
  return lines;
}

/** Writes the mappings of a version 3 map. */
export function encode(lines: Mappings): string {
  let text = '';
  let source = 0;
  let line = 0;
  let place = 0;
  for (let index = 0; index < lines.length; index++) {
    if (index > 0) text += ';';
    let column = 0;
    let separator = '';
    for (const segment of lines[index] as readonly Segment[]) {
      text += separator + number(segment[0] - column);
      separator = ',';
      column = segment[0];
      if (segment.length === 1) continue;
      text += number(segment[1] - source) + number(segment[2] - line) + number(segment[3] - place);
      source = segment[1];
      line = segment[2];
      place = segment[3];
    }
  }
  return text;
}

/** Nearly every number is small: those up to 511 are looked up. */
const SMALL = 512;
const TEXTS: readonly string[] = Array.from({ length: 2 * SMALL }, (_, at) => digits(at - SMALL));

function number(signed: number): string {
  return signed >= -SMALL && signed < SMALL ? (TEXTS[signed + SMALL] as string) : digits(signed);
}

function digits(signed: number): string {
  let value = signed < 0 ? (-signed << 1) | 1 : signed << 1;
  let text = '';
  do {
    const digit = value & 31;
    value >>>= 5;
    text += DIGITS[value > 0 ? digit | 32 : digit];
  } while (value > 0);
  return text;
}

/** Composes two maps: `outer` leads from the code to a text between, `inner` from there to the person's source. */
export function compose(outer: Mappings, inner: Mappings): Mappings {
  return outer.map((segments) => {
    const line: Segment[] = [];
    for (const segment of segments) {
      if (segment.length === 1) continue;
      const found = lookUp(inner[segment[2]], segment[3]);
      if (found !== undefined && found.length > 1) line.push([segment[0], 0, found[2] as number, found[3] as number]);
    }
    return line;
  });
}

/** The last segment of a line at or before a column. */
export function lookUp(segments: readonly Segment[] | undefined, column: number): Segment | undefined {
  if (segments === undefined) return undefined;
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle] as Segment)[0] <= column) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}

/**
 * The mappings of pieces with a segment at each word and each other character as well, where `code` goes on as `source`
 * does. The lines of `code` are those that V8 counts.
 */
export function refine(lines: Mappings, code: string, source: string): Mappings {
  const starts = lineStarts(source);
  let lineStart = 0;
  return code.split(/[\n\u2028\u2029]/).map((text, index) => {
    const from = lineStart;
    lineStart += text.length + 1;
    const segments = lines[index] ?? [];
    return segments.flatMap((segment, place) => {
      if (segment.length === 1) return [segment];
      const [column, , line, at] = segment;
      const found: Segment[] = [segment];
      const end = segments[place + 1]?.[0] ?? text.length;
      const shift = (starts[line] ?? source.length) + at - (from + column);
      let inWord = isWord(code.charCodeAt(from + column));
      for (let next = from + column; next < from + end; next++) {
        const unit = code.charCodeAt(next);
        if (unit !== source.charCodeAt(next + shift)) break;
        const word = isWord(unit);
        const moved = next - from - column;
        if (moved > 0 && !(word && inWord)) found.push([column + moved, 0, line, at + moved]);
        inWord = word;
      }
      return found;
    });
  });
}

function isWord(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95;
}

/** Subtracts from the columns of the first source line what the transform put before it. */
export function unshift(lines: Mappings, shift: number): Mappings {
  if (shift === 0) return lines;
  return lines.map((segments) =>
    segments.map(
      (segment): Segment =>
        segment.length > 1 && segment[2] === 0
          ? [segment[0], 0, 0, Math.max((segment[3] as number) - shift, 0)]
          : segment,
    ),
  );
}

/** A script and the texts of the maps that lead from its code to the person's source, first to last. */
export interface MappedScript {
  readonly source: string;
  readonly maps: readonly string[];
  /** The running code. A single map is refined by it, for that may be one of pieces (write-out.ts). */
  readonly code?: string;
}

/** Reads the maps of a script. */
export function readMaps({ source, maps, code }: MappedScript): Mappings[] {
  const read = maps.map((map) => decode((JSON.parse(map) as { readonly mappings: string }).mappings));
  const [only] = read;
  return code !== undefined && only && read.length === 1 ? [refine(only, code, normalise(source))] : read;
}

/** The text of a version 3 map. `ahead` is the number of lines before the first mapped one. */
export function mapText(lines: Mappings, source: string, ahead: number): string {
  return JSON.stringify({
    version: 3,
    sources: [source],
    names: [],
    mappings: ';'.repeat(ahead) + encode(lines),
  });
}
