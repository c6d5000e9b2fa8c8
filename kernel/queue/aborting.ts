// Which cells a failed one takes with it though they arrive later: "Run all" sends cells at once, but a server passes
// them on one by one, and a cell can fail while the rest is still on its way. What is aborted at once is queue.ts's.

import type { Message } from '../protocol.ts';

/** Milliseconds after a failure in which something may still be on its way. A clock set back must not abort for ever. */
const ON_THE_WAY = 2000;
/** Clients stamp their messages to the millisecond, or finer. */
const RESOLUTION = 1;

export interface Failures {
  /** A cell failed that arrived at `arrived` (performance.now()); to be called before its reply is sent. */
  note(request: Message, arrived: number): void;
  /** True for a request that its client sent before it can have seen the failure's reply. */
  cover(request: Message): boolean;
}

/**
 * By the client's own clock, so that no two clocks are compared: the reply left as long after the failed request was
 * stamped as that request was here, or longer, for its way here took time too.
 */
export function createFailures(): Failures {
  let last: { readonly session: string; readonly sent: number; readonly until: number } | undefined;
  return {
    note({ header }, arrived) {
      const now = performance.now();
      const stamped = Date.parse(header.date ?? '');
      last = { session: header.session, sent: stamped + (now - arrived), until: now + ON_THE_WAY };
    },
    cover({ header }) {
      if (last === undefined || header.session !== last.session || performance.now() > last.until) return false;
      // Without a date on both this is false: NaN compares with nothing.
      return Date.parse(header.date ?? '') + RESOLUTION <= last.sent;
    },
  };
}
