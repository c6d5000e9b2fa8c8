// History in SQLite, in IPython's tables: the source of every cell of all sessions, for tail, range and search.
// Lines are written in batches, after the reply; kernels that write at the same time lose nothing.

import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEntry } from '../protocol.ts';
import { openDatabase } from './database.ts';

/** Longer results are cut, because nobody reads megabytes from history. In UTF-16 units. */
const LONGEST_OUTPUT = 10_000;
/** Milliseconds until a write that another kernel's lock kept out is tried again. */
const RETRY = 500;

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

export interface History {
  /** Remembers a cell; returns at once. */
  add(line: Line): void;
  /** The last n lines, oldest first; those of this session come last. */
  tail(n: number, output: boolean): Promise<readonly HistoryEntry[]>;
  range(query: RangeQuery): Promise<readonly HistoryEntry[]>;
  search(query: SearchQuery): Promise<readonly HistoryEntry[]>;
  /** Writes the remaining lines and closes the file. */
  close(): Promise<void>;
}

/** `path` is a file, or `:memory:`. If the file cannot be used, history is kept in memory and the log says so once. */
export function createHistory(path: string, log: (line: string) => void): History {
  let waiting: Line[] = [];
  let timer: NodeJS.Timeout | undefined;
  let session: Promise<Session> | undefined;
  const opened = () => {
    session ??= openSession(path, log);
    return session;
  };
  const write = async () => {
    const open = await opened();
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    if (open.write(lines)) return;
    waiting = [...lines, ...waiting];
    later(RETRY);
  };
  const later = (milliseconds: number) => {
    timer ??= setTimeout(() => void write(), milliseconds);
  };
  const read = async (query: (open: Session) => readonly HistoryEntry[]) => {
    await write();
    return query(await opened());
  };
  return {
    add(line) {
      waiting.push({ ...line, output: cut(line.output) });
      // Not now, because the reply comes first; lines added in the meantime are written together with this one.
      later(50);
    },
    tail: (n, output) => read((open) => open.tail(Math.max(n, 0), output)),
    range: (query) => read((open) => open.range(query)),
    search: (query) => read((open) => open.search(query)),
    async close() {
      clearTimeout(timer);
      if (session === undefined && waiting.length === 0) return;
      for (let tries = 0; tries < 4 && waiting.length > 0; tries++) await write();
      clearTimeout(timer);
      if (waiting.length > 0) log(`history: ${waiting.length} lines were not written, ${path} stayed locked`);
      (await opened()).close();
    },
  };
}

function cut(output: string | undefined): string | undefined {
  return output !== undefined && output.length > LONGEST_OUTPUT ? `${output.slice(0, LONGEST_OUTPUT)}…` : output;
}

interface Session {
  /** False if another kernel holds the lock. */
  write(lines: readonly Line[]): boolean;
  tail(n: number, output: boolean): readonly HistoryEntry[];
  range(query: RangeQuery): readonly HistoryEntry[];
  search(query: SearchQuery): readonly HistoryEntry[];
  close(): void;
}

async function openSession(path: string, log: (line: string) => void): Promise<Session> {
  const { db, session } = await openDatabase(path, log);
  const insert = db.prepare('INSERT OR REPLACE INTO history (session, line, source, source_raw) VALUES (?, ?, ?, ?)');
  const insertOutput = db.prepare('INSERT OR REPLACE INTO output_history (session, line, output) VALUES (?, ?, ?)');
  let written = 0;
  return {
    write(lines) {
      return transaction(db, log, () => {
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
    close() {
      transaction(db, log, () => {
        db.prepare('UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?').run(now(), written, session);
      });
      db.close();
    },
  };
}

function now(): string {
  return new Date().toISOString();
}

function transaction(db: DatabaseSync, log: (line: string) => void, work: () => void): boolean {
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch {
    return false; // Locked for longer than the busy timeout.
  }
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    log(`history: ${error instanceof Error ? error.message : String(error)}`);
    if (db.isTransaction) db.exec('ROLLBACK');
  }
  return true;
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
