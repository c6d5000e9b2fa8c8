// Decides which cells are aborted because an earlier one failed, although they arrive after it failed. "Run all" sends
// its cells at once, but a server passes them on one by one, so a cell can fail while the others are still on their
// way. Cells that are already queued are aborted in queue.ts.

import type { Message } from '../protocol.ts';

/**
 * For this many milliseconds after a failure, cells may still be on their way. Without a limit, a clock that was set
 * back would abort cells for ever.
 */
const ON_THE_WAY_MS = 2000;
/** Clients date their messages to the millisecond, or finer. */
const RESOLUTION_MS = 1;

export interface Failures {
  /** Records a cell that failed; it arrived at `arrived` (performance.now()). Call this before its reply is sent. */
  note(request: Message, arrived: number): void;
  /** Whether the client sent this request before it can have seen the reply of the cell that failed. */
  cover(request: Message): boolean;
}

/**
 * Uses the client's clock only, so that no two clocks are compared. On that clock the reply left at the failed
 * request's date plus the time that the request spent here, or later, because its way here took time too.
 */
export function createFailures(): Failures {
  let last: { readonly session: string; readonly sent: number; readonly until: number } | undefined;
  return {
    note({ header }, arrived) {
      const now = performance.now();
      const stamped = Date.parse(header.date ?? '');
      last = { session: header.session, sent: stamped + (now - arrived), until: now + ON_THE_WAY_MS };
    },
    cover({ header }) {
      if (last === undefined || header.session !== last.session || performance.now() > last.until) return false;
      // Without a date on both this is false: NaN compares with nothing.
      return Date.parse(header.date ?? '') + RESOLUTION_MS <= last.sent;
    },
  };
}
