// Opens the history database and begins a session in it; in memory if the file cannot be used.

import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../runtime/make-folder.ts';
import { asAtStart } from '../../runtime/optimiser.ts';
import { makePrivate } from '../files/file-mode.ts';

/**
 * How many milliseconds a statement waits for another kernel's lock. Short, because the wait also blocks the heartbeat;
 * a write that did not get the lock is tried again later.
 */
const BUSY_MS = 20;
/** How often to try to open a database that is locked, every 50 ms. */
const TRIES = 20;

const TABLES = `
  CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, start TEXT, end TEXT,
    num_cmds INTEGER, remark TEXT);
  CREATE TABLE IF NOT EXISTS history (session INTEGER, line INTEGER, source TEXT, source_raw TEXT,
    PRIMARY KEY (session, line));
  CREATE TABLE IF NOT EXISTS output_history (session INTEGER, line INTEGER, output TEXT,
    PRIMARY KEY (session, line));
`;

export interface OpenDatabase {
  readonly db: DatabaseSync;
  /** This session's number. */
  readonly session: number;
}

/** Never fails: if `path` cannot be opened or written, the database is in memory and one log line says so. */
export async function openDatabase(path: string, log: (line: string) => void): Promise<OpenDatabase> {
  const { DatabaseSync } = await loadSqlite();
  const open = (file: string) => {
    const db = new DatabaseSync(file, { timeout: BUSY_MS });
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      db.exec(TABLES);
      const begin = db.prepare('INSERT INTO sessions (start) VALUES (?)').run(new Date().toISOString());
      return { db, session: Number(begin.lastInsertRowid) };
    } catch (error) {
      db.close();
      throw error;
    }
  };
  if (path === ':memory:') return open(path);
  // Kernels that start at the same time wait for each other's locks here.
  for (let tries = 1; ; tries++) {
    try {
      makeFolder(dirname(path), 0o700);
      // What people ran is theirs. SQLite gives its other files the same mode.
      makePrivate(path);
      return open(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isLocked(error) && tries < TRIES) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      log(`history: ${path} cannot be used (${reason}); kept in memory for this session`);
      return open(':memory:');
    }
  }
}

/** True if another kernel holds the lock (SQLITE_BUSY or SQLITE_LOCKED), so that trying again helps. */
export function isLocked(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: number };
  // The low byte: extended codes say more, such as SQLITE_BUSY_RECOVERY.
  return errcode !== undefined && [5, 6].includes(errcode & 0xff);
}

/** On some versions of Node, node:sqlite warns that it is experimental: that warning, and no other, is suppressed. */
async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const warn = process.emitWarning;
  const quiet = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes('SQLite')) return;
    Reflect.apply(warn, process, [warning, ...rest]);
  };
  process.emitWarning = quiet as typeof process.emitWarning;
  try {
    return await asAtStart(() => import('node:sqlite'));
  } finally {
    process.emitWarning = warn;
  }
}
