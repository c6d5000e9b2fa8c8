// The scripts that a person's program consists of: cells, local files, packages; what V8 calls them and what they say.

import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DebugScript } from '../../runtime/events.ts';
import { cellPath } from './cell-path.ts';
import { createPlaces, type Places } from './places.ts';
import { createRunningCode, type RunningCode } from './running-code.ts';

/** A script whose text is known. */
export interface KnownScript {
  /** As in stack frames: `Cell [3]`, a path, a URL. */
  readonly name: string;
  /** V8's name for it. */
  readonly url: string;
  /** What a debugger calls its text. */
  readonly path: string;
  readonly source: string;
  /** A cell: its text sees the notebook's names. */
  readonly isCell: boolean;
  readonly isPackage: boolean;
  readonly places: Places;
  readonly code: RunningCode;
  /** V8's number, once it was parsed. */
  id: string | undefined;
}

const PACKAGE = /[\\/]node_modules[\\/]/;

/** The registry. */
export interface Scripts {
  /** A script that is about to run, or that ran before. */
  add(script: DebugScript): KnownScript;
  /** V8 has parsed a script. */
  parsed(script: { readonly scriptId: string; readonly url: string; readonly length?: number }): void;
  byId(id: string): KnownScript | undefined;
  /** The path of a script that is known only by its place: a package's. */
  packagePath(id: string): string | undefined;
  /** Takes up a package's file, whose text is what V8 runs; undefined where there is no such file. */
  addPackageFile(path: string): KnownScript | undefined;
  /** Oldest first. */
  ofPath(path: string): readonly KnownScript[];
  all(): readonly KnownScript[];
  /** Nothing of it runs any more. */
  clear(): void;
}

/** Makes an empty registry. */
export function createScripts(): Scripts {
  let known: KnownScript[] = [];
  const byId = new Map<string, KnownScript>();
  const others = new Map<string, string>();
  return {
    add(script) {
      const added = { ...read(script), length: script.code.length };
      known.push(added);
      return added;
    },
    parsed({ scriptId, url, length }) {
      const waiting = known.filter((script) => !script.isPackage && script.url === url && script.id === undefined);
      // V8 puts a cell in parentheses. Where several have one name, the length tells which is meant.
      const fitting = waiting.filter((script) => {
        const own = (script as { length?: number }).length ?? 0;
        return length === undefined || own === 0 || length - own === 0 || length - own === 2;
      });
      const found = fitting.at(-1);
      if (found) {
        found.id = scriptId;
        byId.set(scriptId, found);
      } else if (url.startsWith('file:')) {
        const path = fileURLToPath(url);
        others.set(scriptId, path);
        const taken = known.find((script) => script.isPackage && script.path === path);
        if (taken) byId.set(scriptId, taken);
      }
    },
    byId: (id) => byId.get(id),
    packagePath: (id) => others.get(id),
    addPackageFile(path) {
      if (!PACKAGE.test(path)) return undefined;
      try {
        const source = readFileSync(path, 'utf8');
        const added = read({ name: path, source, maps: [], code: source });
        // V8 may have it several times: its breakpoints are set by its URL.
        for (const [id, other] of others) if (other === path) byId.set(id, added);
        known.push(added);
        return added;
      } catch {
        return undefined;
      }
    },
    ofPath: (path) => known.filter((script) => script.path === path),
    all: () => known,
    clear() {
      known = [];
      byId.clear();
      others.clear();
    },
  };
}

function read({ name, source, maps, code }: DebugScript): KnownScript {
  const path = pathOf(name);
  const running = createRunningCode(code);
  return {
    name,
    // Node calls a CommonJS module by its URL.
    url: isAbsolute(name) ? pathToFileURL(name).href : name,
    path: path ?? cellPath(source),
    source,
    isCell: path === undefined,
    isPackage: path !== undefined && PACKAGE.test(path),
    places: createPlaces({ source, maps, code }, running),
    code: running,
    id: undefined,
  };
}

/** The path in a script's name; undefined for a cell. */
function pathOf(name: string): string | undefined {
  if (isAbsolute(name)) return name;
  return name.startsWith('file:') ? fileURLToPath(name.replace(/[?#].*$/, '')) : undefined;
}
