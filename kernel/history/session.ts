// One session in the history database: writes its lines, and answers tail, range and search over all sessions.

import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEntry } from '../protocol.ts';
import { isLocked, openDatabase } from './database.ts';

export interface Line {
  readonly line: number;
  readonly source: string;
  readonly output: string | undefined;
}

export interface RangeQuery {
  /** 0: this session; -1: the one before it, and so on. */
  readonly session: number;
  readonly start: number;
  /** Excluded; absent or 0: to the end. */
  readonly stop: number | undefined;
  readonly output: boolean;
}

export interface SearchQuery {
  /** A glob: `*`, `?`, `[…]`. */
  readonly pattern: string;
  readonly n: number | undefined;
  readonly unique: boolean;
  readonly output: boolean;
}

/** This session in an open database. */
export interface Session {
  write(lines: readonly Line[]): Written;
  tail(n: number, output: boolean): readonly HistoryEntry[];
  range(query: RangeQuery): readonly HistoryEntry[];
  search(query: SearchQuery): readonly HistoryEntry[];
  /** Writes when the session ended. Returns false if another kernel holds the lock. */
  end(): boolean;
  close(): void;
}

/** `locked`: another kernel holds the lock. */
export type Written = 'written' | 'locked' | { readonly reason: string };

/** Opens the database and begins a session in it. Never fails: if `path` cannot be used, it is in memory. */
export async function openSession(path: string, log: (line: string) => void): Promise<Session> {
  const { db, session } = await openDatabase(path, log);
  const insert = db.prepare('INSERT OR REPLACE INTO history (session, line, source, source_raw) VALUES (?, ?, ?, ?)');
  const insertOutput = db.prepare('INSERT OR REPLACE INTO output_history (session, line, output) VALUES (?, ?, ?)');
  let written = 0;
  return {
    write(lines) {
      return transaction(db, () => {
        for (const { line, source, output } of lines) {
          insert.run(session, line, source, source);
          if (output !== undefined) insertOutput.run(session, line, output);
        }
        written += lines.length;
      });
    },
    tail: (n, output) => {
      const limit = 'ORDER BY session DESC, line DESC LIMIT ?';
      const own = select(db, `WHERE session = ? ${limit}`, [session, n], output);
      const others = select(db, `WHERE session != ? ${limit}`, [session, n - own.length], output);
      return [...own, ...others].reverse();
    },
    range: (query) => range(db, session, query),
    search: (query) => search(db, query),
    end() {
      const ended = transaction(db, () => {
        db.prepare('UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?').run(now(), written, session);
      });
      return ended !== 'locked';
    },
    close: () => db.close(),
  };
}

function now(): string {
  return new Date().toISOString();
}

function transaction(db: DatabaseSync, work: () => void): Written {
  try {
    db.exec('BEGIN IMMEDIATE');
    work();
    db.exec('COMMIT');
    return 'written';
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    return isLocked(error) ? 'locked' : { reason: error instanceof Error ? error.message : String(error) };
  }
}

function select(
  db: DatabaseSync,
  clause: string,
  values: readonly (string | number)[],
  output: boolean,
  columns = '',
): HistoryEntry[] {
  const from = output ? 'history LEFT JOIN output_history USING (session, line)' : 'history';
  const wanted = `session, line, history.source_raw AS source${output ? ', output_history.output AS output' : ''}`;
  const rows = db.prepare(`SELECT ${wanted}${columns} FROM ${from} ${clause}`).all(...values);
  return rows.map(({ session, line, source, output: text }) => [
    Number(session),
    Number(line),
    output ? [String(source), text === null ? null : String(text)] : String(source),
  ]);
}

/**
 * Answers as IPython does: session 0 is the current one and stays 0 in the answer; its negative bounds count from the
 * end. (For the current session's own number IPython answers 0 too, but jupyter_kernel_test expects the number.)
 */
function range(db: DatabaseSync, current: number, query: RangeQuery): HistoryEntry[] {
  const { output } = query;
  const wanted = query.session <= 0 ? current + query.session : query.session;
  let { start, stop } = query;
  if (wanted === current) {
    const last = db.prepare('SELECT MAX(line) AS last FROM history WHERE session = ?').get(current)?.last;
    const length = Number(last ?? 0) + 1;
    if (start < 0) start += length;
    if (stop !== undefined && stop < 0) stop += length;
  }
  const until = stop ? [stop] : [];
  const clause = `WHERE session = ? AND line >= ?${stop ? ' AND line < ?' : ''} ORDER BY line`;
  const found = select(db, clause, [wanted, start, ...until], output);
  return query.session === 0 ? found.map(([, line, source]) => [0, line, source]) : found;
}

function search(db: DatabaseSync, { pattern, n, unique, output }: SearchQuery): HistoryEntry[] {
  // Of equal lines only the latest is kept.
  const group = unique ? ' GROUP BY history.source_raw' : '';
  const latest = unique ? ', MAX(session * 131072 + line)' : '';
  const order = n === undefined ? ' ORDER BY session, line' : ' ORDER BY session DESC, line DESC LIMIT ?';
  const values = n === undefined ? [pattern] : [pattern, Math.max(n, 0)];
  const found = select(db, `WHERE history.source_raw GLOB ?${group}${order}`, values, output, latest);
  return n === undefined ? found : found.reverse();
}
