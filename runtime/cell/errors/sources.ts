// What a script's name in a stack frame stands for: the source that the person wrote, and how to get from a place in
// the running code to a place in it. Maps are parsed only when an error needs them.

import { lookUp, type MappedScript, type Mappings, readMaps, type Segment } from '../../compile/maps.ts';

/** A registered script. `maps` lead from the running code to `source`, first to last (source map v3, JSON text). */
export interface Source extends MappedScript {
  readonly source: string;
}

/** A place in the person's source; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The source that something was found in. */
export interface FoundIn {
  readonly source: string;
  readonly path?: string | undefined;
}

/** The scripts of one cell process, by the name that stack frames carry: `Cell [3]`, a path, a URL. */
export interface Sources {
  /** Registers a script; a later one of the same name replaces it. */
  registerSource(name: string, source: Source): void;
  /** Every script that is known, oldest first. */
  all(): readonly (Source & { readonly name: string })[];
  /** The source that the person wrote, if the script is known. */
  sourceOf(name: string): string | undefined;
  /** The place in that source; undefined if the compiler made the code at that place. */
  place(name: string, line: number, column: number): Place | undefined;
  /**
   * The place in a source where a text of its running code begins; `path` of a file. Of several it is the first that
   * `fits` what comes before it in its code, else any. `none` where the compiler made that code; undefined where no
   * script has it.
   */
  find(text: string, fits: (before: string) => boolean): (Place & FoundIn) | 'none' | undefined;
}

/** Makes an empty registry. */
export function createSources(): Sources {
  const sources = new Map<string, Source>();
  const parsed = new WeakMap<Source, readonly Mappings[]>();
  const mapsOf = (source: Source): readonly Mappings[] => {
    const known = parsed.get(source);
    if (known) return known;
    const maps = readMaps(source);
    parsed.set(source, maps);
    return maps;
  };
  const registry: Sources = {
    registerSource: (name, source) => void sources.set(name, source),
    all: () => [...sources].map(([name, source]) => ({ name, ...source })),
    sourceOf: (name) => sources.get(name)?.source,
    find(text, fits) {
      let any: (Place & FoundIn) | 'none' | undefined;
      // What was compiled last is likelier to be asked for, and as good as any other with the same text.
      for (const [name, { code = '', source }] of [...sources].reverse()) {
        for (let at = code.indexOf(text); at !== -1; at = code.indexOf(text, at + 1)) {
          const before = code.slice(0, at);
          const right = fits(before);
          if (!right && any !== undefined && any !== 'none') continue;
          const lines = before.split('\n');
          const place = registry.place(name, lines.length, (lines.at(-1) as string).length + 1);
          const found = place && { ...place, source, path: pathOf(name) };
          if (found && right) return found;
          any = found ?? any ?? 'none';
        }
      }
      return any;
    },
    place(name, line, column) {
      const source = sources.get(name);
      let place: Place | undefined = { line, column };
      if (!source) return place;
      for (const map of mapsOf(source)) place = place && follow(map, place);
      return place && pastSpace(source.source, place);
    },
  };
  return registry;
}

/** The path in a script's name; cells and expressions have none. */
function pathOf(name: string): string | undefined {
  const path = name.replace(/[?#].*$/, '');
  return /\.[cm]?[jt]sx?$/.test(path) ? path : undefined;
}

// A nearest mapping on an earlier line does not count: the code here is the compiler's own. V8 places the ReferenceError of
// a called name at the start of its statement, which may be the compiler's too: the next piece of user code on that line
// is meant.
function follow(map: Mappings, { line, column }: Place): Place | undefined {
  const segments = map[line - 1];
  const found = lookUp(segments, column - 1);
  const [, , to, at] =
    found && isMapped(found) ? found : (segments?.find((next) => next[0] >= column && isMapped(next)) ?? []);
  return to === undefined || at === undefined ? undefined : { line: to + 1, column: at + 1 };
}

function isMapped(segment: Segment): boolean {
  return segment.length > 1;
}

// A statement's mapping may begin at the whitespace before it.
function pastSpace(source: string, { line, column }: Place): Place {
  const text = source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? '';
  const space = /^[ \t]+(?=\S)/.exec(text.slice(column - 1));
  return { line, column: column + (space?.[0].length ?? 0) };
}
