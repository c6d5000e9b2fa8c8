// A send queue. ZeroMQ answers a second send that overlaps a first on the same socket with EBUSY, so each socket belongs
// to one queue.

export interface Outbox<Entry> {
  push(entry: Entry): void;
  /** The last entry that was not handed to `send` yet, so that what follows may be merged into it. */
  last(): Entry | undefined;
  /** Resolves when everything pushed so far was handed to ZeroMQ. */
  flushed(): Promise<void>;
}

/**
 * `send` is never called while an earlier call of it is pending. A failed send is logged, and the next is tried.
 * Sending begins when what runs now is through: a cell reaches its process before anyone is told that it is busy.
 */
export function createOutbox<Entry>(send: (entry: Entry) => Promise<void>, log: (line: string) => void): Outbox<Entry> {
  let waiting: Entry[] = [];
  let draining: Promise<void> | undefined;
  // The very first, which says that the kernel starts, goes at once: no client may hear it before its welcome.
  let begun = false;
  const attempt = async (entry: Entry) => {
    try {
      await send(entry);
    } catch (error) {
      log(`a message could not be sent: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const drain = async () => {
    if (begun) await new Promise((resolve) => setImmediate(resolve));
    begun = true;
    // By whole batches: shifting one at a time off an array of 20,000 is quadratic.
    while (waiting.length > 0) {
      const batch: (Entry | undefined)[] = waiting;
      waiting = [];
      for (let index = 0; index < batch.length; index++) {
        const entry = batch[index] as Entry;
        batch[index] = undefined;
        await attempt(entry);
      }
    }
    draining = undefined;
  };
  return {
    push(entry) {
      waiting.push(entry);
      draining ??= drain();
    },
    last: () => waiting.at(-1),
    flushed: async () => {
      await draining;
    },
  };
}
