// The files on disk that cells import, directly or through other files. The server does not watch the disk, so before
// each request it is notified of files that changed, appeared or vanished. Files of packages are assumed not to change.

import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTask } from '../compile/compile-process.ts';
import type { Specifiers } from '../compile/specifiers.ts';
import { pathsOf, watchedPaths } from './watched-paths.ts';

/** As in `workspace/didChangeWatchedFiles`: 1 created, 2 changed, 3 deleted. */
export interface FileChange {
  readonly uri: string;
  readonly type: 1 | 2 | 3;
}

export interface Files {
  /** Records what a cell imports. Resolves when the files that those files import are known too. */
  note(specifiers: Specifiers): Promise<void>;
  /** The changes on disk since the last call. */
  changes(): readonly FileChange[];
}

/** So many files are watched: each is asked for its date before each request, which takes about 5 µs. */
const MOST = 4_000;

/** Watches what the cells of a notebook in `directory` import. */
export function createFiles(directory: string): Files {
  /** File → time of its last change; 0 where it does not exist (yet). */
  const times = new Map<string, number>();
  const noted = new Set<string>();
  /** Packages that cells import, and in which of the two ways the last cell did. */
  const ways = new Map<string, 'import' | 'require'>();
  let news: FileChange[] = [];

  async function note(specifiers: Iterable<string>, from: string): Promise<void> {
    const paths = pathsOf(directory);
    const found: Promise<void>[] = [];
    for (const specifier of specifiers) {
      const key = `${from}\0${specifier}`;
      if (times.size >= MOST || noted.has(key) || specifier.startsWith('node:')) continue;
      noted.add(key);
      const { files } = watchedPaths(specifier, from, paths);
      for (const file of files) if (!times.has(file)) found.push(watch(file));
    }
    await Promise.all(found);
  }

  async function watch(file: string): Promise<void> {
    const time = timeOf(file);
    times.set(file, time);
    if (time !== 0 && !file.includes('node_modules')) await note(await importsOf(file), path.dirname(file));
  }

  /**
   * TypeScript 7.0.2 does not find a package that is required once it has been imported, and the other way round, until a
   * file of it changes; and again once no cell requires it any more, as after a restart.
   */
  function noteWay(way: 'import' | 'require', specifiers: Iterable<string>): void {
    for (const specifier of specifiers) {
      const last = ways.get(specifier) ?? way;
      ways.set(specifier, way);
      const { manifest } = last === way ? {} : watchedPaths(specifier, directory, () => []);
      if (manifest !== undefined) news.push({ uri: pathToFileURL(manifest).href, type: 2 });
    }
  }

  return {
    note({ imports, requires }) {
      noteWay('import', imports);
      noteWay('require', requires);
      return note([...imports, ...requires], directory);
    },
    changes() {
      const changes = news;
      news = [];
      for (const [file, before] of [...times]) {
        const now = timeOf(file);
        if (now === before) continue;
        void watch(file);
        changes.push({ uri: pathToFileURL(file).href, type: before === 0 ? 1 : now === 0 ? 3 : 2 });
        // The server may have read half of a package while it was being installed.
        if (now !== 0) for (const types of typesOf(file)) changes.push({ uri: pathToFileURL(types).href, type: 2 });
      }
      return changes;
    },
  };
}

/** The file of types that a package.json names; none for any other file. */
function typesOf(file: string): string[] {
  if (path.basename(file) !== 'package.json') return [];
  try {
    const { types, typings } = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
    const named = types ?? typings;
    return typeof named === 'string' ? [path.join(path.dirname(file), named)] : [];
  } catch {
    return []; // Half written: it will change again.
  }
}

function timeOf(file: string): number {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() ? found.mtimeMs : 0;
  } catch {
    return 0; // A name that no file can have, or a folder without permission to read it.
  }
}

async function importsOf(file: string): Promise<readonly string[]> {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return [];
  try {
    return await runTask('imports', await readFile(file, 'utf8'), { file });
  } catch {
    return []; // Deleted, unreadable or too deep: the server or the cell reports it where it matters.
  }
}
