// Who imports whom among the files this process has loaded, and which instance (version) of each is current.
// An edit moves a file and its importers to their next version; other files keep their instance and state.

import { readFileSync, statSync } from 'node:fs';

/** An imported file. Its key is its path; the module system sees `URL?cokernel=version`. */
export interface Node {
  readonly path: string;
  /** Local files are watched for edits; files of installed packages are not. */
  readonly local: boolean;
  /** 0 for the first instance, whose URL is plain. */
  version: number;
  readonly imports: Set<Node>;
  readonly importers: Set<Node>;
  /** How Node loaded the current version: a local ES module has marks at its beginning and end. */
  kind: 'marked' | 'plain';
  /** Of a marked file: URLs of the current version that were given to Node and have not reached their end. */
  readonly unfinished: Map<string, 'loaded' | 'begun'>;
  /** Of a plain file (package, CommonJS, JSON): whether an import that reached it has succeeded. */
  settled: boolean;
  /** The cell, by count, in which the current version was given to Node. */
  loadedIn: number;
  seen: Seen | undefined;
  /** Names that the file imports as values although they are types (type-imports.ts). */
  readonly types: Set<string>;
  /** What the current version takes from other modules, and of which it only exports names again (local-module.ts). */
  wanted: Wanted;
  forwards: ReadonlySet<string>;
}

/** Specifier → the names that are imported from it. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

/** What a file looked like when it was last read. */
interface Seen {
  readonly source: string;
  readonly stamp: string;
  /** Milliseconds since the epoch: when the file was modified, and when it was read. */
  readonly modified: number;
  readonly looked: number;
}

/** File systems round times to as much as 2 s (FAT); an edit that recent may have the same stamp. */
const RACY_MS = 2000;

/** require.cache: `loaded` is false while a module runs, and after V8 terminated it. */
type Cache = Record<string, { readonly loaded: boolean } | undefined>;

/** The graph of one process; `required` is require.cache, from which each renewed file is removed. */
export function createGraph(required: Cache) {
  const nodes = new Map<string, Node>();
  let cell = 0;
  let latest: Node | undefined;

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
        wanted: new Map(),
        forwards: new Set(),
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
    // Stamped before reading, so that an edit between the two is seen next time.
    const stamp = stampOf(file.path);
    const source = readFileSync(file.path, 'utf8');
    if (stamp !== undefined) file.seen = { source, ...stamp, looked: Date.now() };
    return source;
  }

  /** Moves one file to its next version, without its importers. */
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

  /** Checks every loaded local file, and renews those that were edited, together with their importers. */
  function check(): void {
    const changed = new Set<Node>();
    for (const file of nodes.values()) if (file.local && edited(file)) collectImporters(file, changed);
    for (const file of changed) {
      file.types.clear();
      renew(file);
    }
  }

  /** A cell starts. `idle`: no import is under way, so files that were linked and never began will not begin. */
  function nextCell(idle: boolean): void {
    cell++;
    check();
    // A dynamic import failed before anything ran (a missing file, a syntax error), unnoticed here.
    if (idle) for (const file of nodes.values()) if (neverBegan(file)) renew(file);
  }

  /**
   * After a failed import: every file that it reached but did not finish evaluating starts afresh next time, except
   * those that `others`, imports still under way, are about to evaluate.
   */
  function failed(entry: Node, others: Iterable<Node>): void {
    const busy = new Set<Node>();
    for (const other of others) for (const file of reach(other)) busy.add(file);
    for (const file of reach(entry)) if (!busy.has(file) && !done(file)) renew(file);
  }

  function succeeded(entry: Node): void {
    for (const file of reach(entry)) file.settled = true;
  }

  /** After V8 terminated running code: no half-evaluated module is ever used again. */
  function interrupted(): void {
    for (const file of nodes.values()) {
      // A package that a function of an earlier cell imported by itself has long been evaluated.
      if (file.kind === 'plain' && file.loadedIn < cell) continue;
      if (!done(file)) renew(file);
    }
  }

  /** Notes that Node requested the file's text. */
  function loaded(file: Node): void {
    file.loadedIn = cell;
    latest = file;
  }

  return {
    ...{ nodes, node, link, loaded, read, renew, check, nextCell, failed, succeeded, interrupted },
    /** The file whose text Node requested last. */
    latest: () => latest,
  };
}

export type Graph = ReturnType<typeof createGraph>;

function edited(file: Node): boolean {
  const { seen } = file;
  if (seen === undefined) return false;
  const now = stampOf(file.path);
  if (now === undefined) return true;
  if (now.stamp === seen.stamp && seen.looked - seen.modified > RACY_MS) return false;
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

/** A file and all files that it imports, directly or not. */
export function reach(entry: Node): Set<Node> {
  const reached = new Set([entry]);
  for (const file of reached) for (const imported of file.imports) reached.add(imported);
  return reached;
}
