// History in SQLite, in IPython's tables: the source of every cell of all sessions, for tail, range and search.
// Lines are written in batches, after the reply; kernels that write at the same time lose nothing.

import type { HistoryEntry } from '../protocol.ts';
import { type Line, openSession, type RangeQuery, type SearchQuery, type Session } from './session.ts';

/** Longer results are cut, because nobody reads megabytes from history. In UTF-16 units. */
const LONGEST_OUTPUT_UNITS = 10_000;
/** Milliseconds until a write that another kernel's lock kept out is tried again. */
const RETRY_MS = 500;
/** How many milliseconds the end of the kernel waits for a lock, trying again every 10 ms. */
const CLOSE_WAIT_MS = 300;

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
  let closed = false;
  let inMemory = path === ':memory:';
  const opened = () => {
    session ??= openSession(path, log);
    return session;
  };
  /** Resolves to false if another kernel holds the lock. */
  const write = async (): Promise<boolean> => {
    const open = await opened();
    if (waiting.length === 0 || closed) return true;
    const lines = waiting;
    waiting = [];
    const result = open.write(lines);
    if (result === 'written') return true;
    waiting = [...lines, ...waiting];
    if (result === 'locked') return false;
    if (inMemory) {
      waiting = [];
      log(`history: ${lines.length} lines were not written (${result.reason})`);
      return true;
    }
    // Its disk is full or broken, or the database is damaged: trying again would not help.
    log(`history: ${path} cannot be written any more (${result.reason}); kept in memory from here on`);
    inMemory = true;
    session = openSession(':memory:', log);
    return write();
  };
  const later = (milliseconds: number) => {
    if (closed) return;
    timer ??= setTimeout(async () => {
      timer = undefined;
      if (!(await write())) later(RETRY_MS);
    }, milliseconds);
  };
  const read = async (query: (open: Session) => readonly HistoryEntry[]) => {
    if (!(await write())) later(RETRY_MS);
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
      if (session === undefined && waiting.length === 0) return;
      let late = false;
      const deadline = new Promise<void>((resolve) => {
        setTimeout(resolve, CLOSE_WAIT_MS);
      }).then(() => {
        late = true;
      });
      const finish = async () => {
        while (!(await write()) && !late) await new Promise((resolve) => setTimeout(resolve, 10));
        while (!(await opened()).end() && !late) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await Promise.race([finish(), deadline]);
      closed = true;
      clearTimeout(timer);
      if (waiting.length > 0) log(`history: ${waiting.length} lines were not written, because ${path} stayed locked`);
      void session?.then((open) => open.close());
    },
  };
}

function cut(output: string | undefined): string | undefined {
  return output !== undefined && output.length > LONGEST_OUTPUT_UNITS
    ? `${output.slice(0, LONGEST_OUTPUT_UNITS)}…`
    : output;
}
