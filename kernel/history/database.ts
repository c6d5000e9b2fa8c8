// Opens the history database and begins a session in it; in memory if the file cannot be used.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/**
 * How many milliseconds a statement waits for another kernel's lock. Short, because the wait also blocks the heartbeat;
 * a write that did not get the lock is tried again later.
 */
const BUSY_MILLISECONDS = 250;

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
    const db = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
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
      mkdirSync(dirname(path), { recursive: true });
      return open(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (/locked|busy/i.test(reason) && tries < 20) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      log(`history: ${path} cannot be used (${reason}); kept in memory for this session`);
      return open(':memory:');
    }
  }
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
    return await import('node:sqlite');
  } finally {
    process.emitWarning = warn;
  }
}
