// The scripts that a person's program consists of: cells, local files, packages; what V8 calls them and what they say.

import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DebugScript } from '../../runtime/events.ts';
import { cellPath } from './cell-path.ts';
import { type CodeTree, readCode } from './code-tree.ts';
import { createPlaces, type Places } from './places.ts';

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
  readonly places: Places;
  readonly tree: () => CodeTree;
  /** V8's number, once it was parsed. */
  id: string | undefined;
}

/** The registry. */
export interface Scripts {
  /** A script that is about to run, or that ran before. */
  add(script: DebugScript): KnownScript;
  /** V8 has parsed a script. */
  parsed(script: { readonly scriptId: string; readonly url: string; readonly length?: number }): void;
  byId(id: string): KnownScript | undefined;
  /** The path of a script that is known only by its place: a package's. */
  packagePath(id: string): string | undefined;
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
      const waiting = known.filter((script) => script.url === url && script.id === undefined);
      // V8 puts a cell in parentheses. Where several have one name, the length tells which is meant.
      const fitting = waiting.filter((script) => {
        const own = (script as { length?: number }).length ?? 0;
        return length === undefined || own === 0 || length - own === 0 || length - own === 2;
      });
      const found = fitting.at(-1);
      if (found) {
        found.id = scriptId;
        byId.set(scriptId, found);
      } else if (url.startsWith('file:')) others.set(scriptId, fileURLToPath(url));
    },
    byId: (id) => byId.get(id),
    packagePath: (id) => others.get(id),
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
  let tree: CodeTree | undefined;
  const readOnce = () => {
    tree ??= readCode(code);
    return tree;
  };
  return {
    name,
    // Node calls a CommonJS module by its URL.
    url: isAbsolute(name) ? pathToFileURL(name).href : name,
    path: path ?? cellPath(source),
    source,
    isCell: path === undefined,
    places: createPlaces(maps, readOnce),
    tree: readOnce,
    id: undefined,
  };
}

/** The path in a script's name; undefined for a cell. */
function pathOf(name: string): string | undefined {
  if (isAbsolute(name)) return name;
  return name.startsWith('file:') ? fileURLToPath(name.replace(/[?#].*$/, '')) : undefined;
}
