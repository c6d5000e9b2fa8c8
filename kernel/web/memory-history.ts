// The history of a kernel in a page: the cells of this session, in memory.

import type { Line } from '../history/session.ts';
import type { History } from '../history/store.ts';
import type { HistoryEntry } from '../protocol.ts';

/** Makes it, empty. What is asked is answered as by the history in SQLite (history/session.ts). */
export function createMemoryHistory(): History {
  const lines: Line[] = [];
  const entryOf =
    (session: number, output: boolean) =>
    ({ line, source, output: text }: Line): HistoryEntry => [session, line, output ? [source, text ?? null] : source];
  return {
    add: (line) => void lines.push(line),
    tail: async (n, output) => (n <= 0 ? [] : lines.slice(-n).map(entryOf(1, output))),
    async range({ session, start, stop, output }) {
      // There is no session but this one, the first.
      if (session !== 0 && session !== 1) return [];
      const length = (lines.at(-1)?.line ?? 0) + 1;
      const from = start < 0 ? start + length : start;
      const to = stop === undefined || stop === 0 ? Number.POSITIVE_INFINITY : stop < 0 ? stop + length : stop;
      return lines.filter(({ line }) => line >= from && line < to).map(entryOf(session, output));
    },
    async search({ pattern, n, unique, output }) {
      const wanted = globPattern(pattern);
      const found = lines.filter(({ source }) => wanted.test(source));
      // Of equal lines only the latest is kept.
      const kept = unique
        ? found.filter(({ source }, at) => !found.slice(at + 1).some((later) => later.source === source))
        : found;
      return (n === undefined ? kept : n <= 0 ? [] : kept.slice(-n)).map(entryOf(1, output));
    },
    async close() {},
  };
}

/** SQLite's GLOB: `*`, `?` and `[…]`. */
function globPattern(glob: string): RegExp {
  const parts = glob.replace(/\[(\^?)([^\]]+)\]|[\s\S]/g, (part, not: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${not}${set.replace(/[\\\]^]/g, '\\$&')}]`;
    if (part === '*') return '[^]*';
    if (part === '?') return '[^]';
    return part.replace(/[\\^$.|+()[\]{}/-]/, '\\$&');
  });
  return new RegExp(`^(?:${parts})$`, 'u');
}
