// Counts what is received on iopub, because ZeroMQ does not: it keeps subscriptions in a tree that takes about 50 bytes
// of memory for each of their bytes, and accepts them from everybody who can connect, with the key or without.

/**
 * How many bytes may be subscribed and have been received lately, together; real clients subscribe to a few short
 * topics. Far below what memory allows, because ZeroMQ has taken in many more by the time the limit is noticed.
 */
const MOST_BYTES = 64 * 1024;
/** Bytes counted for each frame besides its topic: even an empty subscription costs a welcome. */
const EACH_BYTES = 64;
/**
 * For so many milliseconds, at least, a subscription still counts after its end: whoever subscribes and unsubscribes
 * without end keeps ZeroMQ and the kernel as busy as somebody who only subscribes. Short enough for hundreds of clients
 * that come and go at once: each counts 64 bytes.
 */
const LATELY_MS = 100;
/** The longest subscription, in bytes. */
export const LONGEST_TOPIC_BYTES = 256;

export interface Subscriptions {
  /** Counts a frame of an XPublisher (1 or 0, then the topic). Returns false if it is too long or exceeds the limit. */
  count(frame: Uint8Array): boolean;
}

/** Starts a count at 0, for a fresh socket. `now` is in milliseconds. */
export function countSubscriptions(now: () => number = () => performance.now()): Subscriptions {
  const bytesOf = new Map<string, number>();
  let subscribed = 0;
  /** What is over, of this period and of the one before. */
  let lately = 0;
  let before = 0;
  let began = now();
  const nextPeriod = () => {
    const passed = now() - began;
    if (passed < LATELY_MS) return;
    before = passed < 2 * LATELY_MS ? lately : 0;
    lately = 0;
    began += passed;
  };
  return {
    count(frame) {
      nextPeriod();
      const topic = Buffer.from(frame.buffer, frame.byteOffset + 1, frame.byteLength - 1).toString('latin1');
      const bytes = topic.length + EACH_BYTES;
      const known = bytesOf.get(topic) ?? 0;
      if (frame[0] === 1) {
        if (topic.length > LONGEST_TOPIC_BYTES) return false;
        bytesOf.set(topic, known + bytes);
        subscribed += bytes;
      } else if (frame[0] === 0 && known > 0) {
        // ZeroMQ reports only when a topic's last subscriber leaves: repetitions add up until then.
        bytesOf.delete(topic);
        subscribed -= known;
        lately += known;
      } else {
        lately += bytes;
      }
      return subscribed + lately + before <= MOST_BYTES;
    },
  };
}
