// The files on disk that cells import, directly or through other files. The server does not watch the disk, so before
// each request it is notified of files that changed, appeared or vanished. Files of packages are assumed not to change.

import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTask } from '../compile/compile-process.ts';

/** As in `workspace/didChangeWatchedFiles`: 1 created, 2 changed, 3 deleted. */
export interface FileChange {
  readonly uri: string;
  readonly type: 1 | 2 | 3;
}

export interface Files {
  /** Records what a cell imports. Resolves when the files that those files import are known too. */
  note(specifiers: Iterable<string>): Promise<void>;
  /** The changes on disk since the last call. */
  changes(): readonly FileChange[];
}

/** So many files are watched: each is asked for its date before each request, which takes about 5 µs. */
const MOST = 4_000;

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
  '.d.ts',
  '/index.ts',
  '/index.js',
];

/** Watches what the cells of a notebook in `directory` import. */
export function createFiles(directory: string): Files {
  /** File → time of its last change; 0 where it does not exist (yet). */
  const times = new Map<string, number>();
  const noted = new Set<string>();

  async function note(specifiers: Iterable<string>, from: string): Promise<void> {
    const found: Promise<void>[] = [];
    for (const specifier of specifiers) {
      const key = `${from}\0${specifier}`;
      if (times.size >= MOST || noted.has(key) || specifier.startsWith('node:')) continue;
      noted.add(key);
      for (const file of candidates(specifier, from)) if (!times.has(file)) found.push(watch(file));
    }
    await Promise.all(found);
  }

  async function watch(file: string): Promise<void> {
    const time = timeOf(file);
    times.set(file, time);
    if (time !== 0 && !file.includes('node_modules')) await note(await importsOf(file), path.dirname(file));
  }

  return {
    note: (specifiers) => note(specifiers, directory),
    changes() {
      const changes: FileChange[] = [];
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

/** The files that a specifier may mean, existing or not: a missing file may be created later. */
function candidates(specifier: string, from: string): string[] {
  if (/^\.{0,2}\//.test(specifier) || path.isAbsolute(specifier)) {
    const target = path.resolve(from, specifier);
    // `./x.js` may mean x.ts, as in TypeScript.
    const bare = target.replace(/\.([cm]?)jsx?$/, '');
    return [
      ...ENDINGS.map((ending) => target + ending),
      ...(bare === target ? [] : ENDINGS.slice(1, 5).map((ending) => bare + ending)),
    ];
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const files: string[] = [];
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    files.push(path.join(place, 'package.json'), path.join(place, 'index.d.ts'));
    if (folder === path.dirname(folder)) return files;
  }
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
