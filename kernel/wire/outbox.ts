// A send queue. ZeroMQ refuses a send (EBUSY) while another on the same socket is pending, so each socket belongs to
// one queue.

import { createPauses } from './pauses.ts';

export interface Outbox<Entry> {
  push(entry: Entry): void;
  /** Puts an entry before all that was pushed and is not being sent yet. */
  pushFirst(entry: Entry): void;
  /** The last entry, if it was not passed to `send` yet: the next one may be merged into it. */
  last(): Entry | undefined;
  /** Resolves when everything pushed so far has been passed to ZeroMQ. */
  flushed(): Promise<void>;
}

/**
 * `send` is never called while an earlier call is pending. If a send fails, it is logged and the next one is tried.
 * Sending begins after the code that runs now: a cell reaches its process before clients hear that it is busy.
 */
export function createOutbox<Entry>(send: (entry: Entry) => Promise<void>, log: (line: string) => void): Outbox<Entry> {
  let waiting: Entry[] = [];
  const first: Entry[] = [];
  let draining: Promise<void> | undefined;
  const attempt = async (entry: Entry) => {
    try {
      await send(entry);
    } catch (error) {
      log(`a message could not be sent: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const attemptFirst = async () => {
    while (first.length > 0) await attempt(first.shift() as Entry);
  };
  const drain = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    const pause = createPauses();
    // Whole batches, because shifting single entries off an array of 20,000 takes quadratic time.
    while (waiting.length > 0 || first.length > 0) {
      await attemptFirst();
      const batch: (Entry | undefined)[] = waiting;
      waiting = [];
      for (let index = 0; index < batch.length; index++) {
        if (first.length > 0) await attemptFirst();
        const entry = batch[index] as Entry;
        batch[index] = undefined;
        await attempt(entry);
        await pause();
      }
    }
    draining = undefined;
  };
  return {
    push(entry) {
      waiting.push(entry);
      draining ??= drain();
    },
    pushFirst(entry) {
      first.push(entry);
      draining ??= drain();
    },
    last: () => waiting.at(-1),
    flushed: async () => {
      await draining;
    },
  };
}
