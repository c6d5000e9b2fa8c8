// Who imports whom among the files this process has loaded, and which instance (version) of each is the current one.
// An edit moves a file and all that imports it to their next version; what did not change keeps instance and state.

import { readFileSync, statSync } from 'node:fs';

/** A file that was imported. Its key is its path; the module system sees `URL?cokernel=version`. */
export interface Node {
  readonly path: string;
  /** Local files are watched for edits; files of installed packages are not. */
  readonly local: boolean;
  /** 0 for the first instance, whose URL is plain. */
  version: number;
  readonly imports: Set<Node>;
  readonly importers: Set<Node>;
  /** How Node loaded the current version: a local ES module carries marks at its beginning and end. */
  kind: 'marked' | 'plain';
  /** Of a marked file: URLs of the current version that were handed to Node and did not reach their end. */
  readonly unfinished: Map<string, 'loaded' | 'begun'>;
  /** Of a plain file (packages, CommonJS, JSON): whether an import that reached it has succeeded. */
  settled: boolean;
  /** The turn (cell) in which the current version was handed to Node. */
  loadedIn: number;
  seen: Seen | undefined;
  /** Names that the file imports as if they were values and that are types (type-imports.ts). */
  readonly types: Set<string>;
}

/** What a file was when it was last read. */
interface Seen {
  readonly source: string;
  readonly stamp: string;
  /** Milliseconds since the epoch: the edit that is seen, and when we looked. */
  readonly modified: number;
  readonly looked: number;
}

/** File systems stamp as coarsely as 2 s (FAT); an edit that young may hide behind an equal stamp. */
const RACY = 2000;

/** What `require` holds, by path: `loaded` is false while a module runs and after it was terminated. */
type Cache = Record<string, { readonly loaded: boolean } | undefined>;

/** The graph of one process; `required` is require.cache, which lets go of each file that moves on. */
export function createGraph(required: Cache) {
  const nodes = new Map<string, Node>();
  let turn = 0;

  function node(path: string, local: boolean): Node {
    let found = nodes.get(path);
    if (found === undefined) {
      found = {
        path,
        local,
        version: 0,
        kind: 'plain',
        imports: new Set(),
        importers: new Set(),
        unfinished: new Map(),
        settled: false,
        loadedIn: 0,
        seen: undefined,
        types: new Set(),
      };
      nodes.set(path, found);
    }
    return found;
  }

  function link(importer: Node, imported: Node): void {
    importer.imports.add(imported);
    imported.importers.add(importer);
  }

  /** Reads a file for Node, and remembers what was read. */
  function read(file: Node): string {
    // Stamped before reading: an edit between the two is then seen the next time.
    const stamp = stampOf(file.path);
    const source = readFileSync(file.path, 'utf8');
    if (stamp !== undefined) file.seen = { source, ...stamp, looked: Date.now() };
    return source;
  }

  /** Moves one file to its next version, alone. */
  function renew(file: Node): void {
    file.version++;
    for (const imported of file.imports) imported.importers.delete(file);
    file.imports.clear();
    file.unfinished.clear();
    file.settled = false;
    file.seen = undefined;
    delete required[file.path];
  }

  function done(file: Node): boolean {
    if (file.kind === 'marked') return file.unfinished.size === 0;
    return file.settled || required[file.path]?.loaded === true;
  }

  /** Looks at every local file that was loaded, and renews what was edited together with all that imports it. */
  function check(): void {
    const changed = new Set<Node>();
    for (const file of nodes.values()) if (file.local && edited(file)) collectImporters(file, changed);
    for (const file of changed) {
      file.types.clear();
      renew(file);
    }
  }

  /** A cell starts. `idle`: no import is under way, so what was linked and never began was linked in vain. */
  function nextTurn(idle: boolean): void {
    turn++;
    check();
    // By a dynamic import that failed before anything ran (a missing file, a syntax error): nobody told us.
    if (idle) for (const file of nodes.values()) if (neverBegan(file)) renew(file);
  }

  /**
   * After an import failed: whatever it reached and did not evaluate to its end starts afresh the next time; but not
   * what `others`, imports still under way, are about to evaluate.
   */
  function failed(entry: Node, others: Iterable<Node>): void {
    const busy = new Set<Node>();
    for (const other of others) for (const file of reach(other)) busy.add(file);
    for (const file of reach(entry)) if (!busy.has(file) && !done(file)) renew(file);
  }

  function succeeded(entry: Node): void {
    for (const file of reach(entry)) file.settled = true;
  }

  /** After V8 terminated the thread's code: no half-evaluated module is ever used again. */
  function interrupted(): void {
    for (const file of nodes.values()) {
      // A package that an earlier cell's function imported on its own account has evaluated long since.
      if (file.kind === 'plain' && file.loadedIn < turn) continue;
      if (!done(file)) renew(file);
    }
  }

  /** Notes that Node asked for the file's text. */
  function loaded(file: Node): void {
    file.loadedIn = turn;
  }

  return { nodes, node, link, loaded, read, renew, check, nextTurn, failed, succeeded, interrupted };
}

export type Graph = ReturnType<typeof createGraph>;

function edited(file: Node): boolean {
  const { seen } = file;
  if (seen === undefined) return false;
  const now = stampOf(file.path);
  if (now === undefined) return true;
  if (now.stamp === seen.stamp && seen.looked - seen.modified > RACY) return false;
  const looked = Date.now();
  const source = tryRead(file.path);
  if (source !== seen.source) return true;
  file.seen = { source, ...now, looked };
  return false;
}

function neverBegan(file: Node): boolean {
  for (const state of file.unfinished.values()) if (state === 'loaded') return true;
  return false;
}

function stampOf(path: string): { stamp: string; modified: number } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return { stamp: `${stats.mtimeMs} ${stats.size} ${stats.ino} ${stats.ctimeMs}`, modified: stats.mtimeMs };
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function collectImporters(file: Node, into: Set<Node>): void {
  if (into.has(file)) return;
  into.add(file);
  for (const importer of file.importers) collectImporters(importer, into);
}

/** A file and all that it leads to. */
export function reach(entry: Node): Set<Node> {
  const reached = new Set([entry]);
  for (const file of reached) for (const imported of file.imports) reached.add(imported);
  return reached;
}
