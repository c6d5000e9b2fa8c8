// Counts subscriptions, because ZeroMQ does not: it keeps them in a tree that takes about 50 bytes of memory for each
// of their bytes, and accepts them from everybody who can connect, with the key or without.

/**
 * How many bytes all subscriptions may have together; real clients subscribe to a few short topics. Far below what memory
 * allows, because ZeroMQ has taken in many more by the time the limit is noticed.
 */
const MOST_BYTES = 64 * 1024;
/** Bytes counted for each subscription besides its length: even an empty one costs a welcome. */
const EACH_BYTES = 64;
/** The longest subscription, in bytes. */
export const LONGEST_TOPIC_BYTES = 256;

export interface Subscriptions {
  /** Counts a frame of an XPublisher (1 or 0, then the topic). Returns false if it is too long or exceeds the limit. */
  count(frame: Uint8Array): boolean;
}

/** Starts a count at 0, for a fresh socket. */
export function countSubscriptions(): Subscriptions {
  const bytesOf = new Map<string, number>();
  let total = 0;
  return {
    count(frame) {
      const topic = Buffer.from(frame.buffer, frame.byteOffset + 1, frame.byteLength - 1).toString('latin1');
      const before = bytesOf.get(topic) ?? 0;
      if (frame[0] === 0) {
        // ZeroMQ reports only when a topic's last subscriber leaves: repetitions add up until then.
        bytesOf.delete(topic);
        total -= before;
        return true;
      }
      if (topic.length > LONGEST_TOPIC_BYTES) return false;
      bytesOf.set(topic, before + topic.length + EACH_BYTES);
      total += topic.length + EACH_BYTES;
      return total <= MOST_BYTES;
    },
  };
}
