// Stream text is held for a moment, so that a cell of ten console.log lines gives one message, here where timers run
// while a cell spins. Nothing of the same request, its reply included, overtakes the text before it.

import type { Wire } from './sockets.ts';

/** Milliseconds that text waits for more of its kind. */
const HELD = 20;
/** Text of this length goes out (a server's limit is 1 MB of stream text and 1,000 messages a second). */
const ENOUGH = 64 * 1024;
/** So often the two streams may take turns in that time; past that, the order is kept within each of them only. */
const TURNS = 8;

/** JSON bytes of a request's header: the same object for all that belongs to the request. */
type Parent = Uint8Array | undefined;

interface Part {
  readonly name: string;
  text: string;
}

interface Held {
  readonly parts: Part[];
  length: number;
  readonly timer: NodeJS.Timeout;
}

/** The same wire, whose `stream` messages are gathered. */
export function gatherStreams(wire: Wire): Wire {
  const held = new Map<Parent, Held>();
  const flush = (parent: Parent) => {
    const found = held.get(parent);
    if (found === undefined) return;
    held.delete(parent);
    clearTimeout(found.timer);
    for (const content of found.parts) wire.publish({ type: 'stream', parent, content });
  };
  const hold = (parent: Parent, { name, text }: Part) => {
    let found = held.get(parent);
    if (found === undefined) {
      // Timers come before pipes are read: text that was written in that time and waits in a pipe, as where other
      // programs had the processor, is of it too.
      const timer = setTimeout(() => setImmediate(() => held.get(parent) === mine && flush(parent)), HELD);
      const mine: Held = { parts: [], length: 0, timer };
      found = mine;
      held.set(parent, found);
    }
    const { parts } = found;
    const before = parts.length < TURNS ? parts.slice(-1) : parts.slice(-2);
    const same = before.find((part) => part.name === name);
    if (same) same.text += text;
    else parts.push({ name, text });
    found.length += text.length;
    if (found.length >= ENOUGH) flush(parent);
  };
  return {
    ...wire,
    publish(message) {
      if (message.type === 'stream') return hold(message.parent, message.content as Part);
      flush(message.parent);
      wire.publish(message);
    },
    send(origin, message) {
      flush(message.parent);
      return wire.send(origin, message);
    },
    close() {
      for (const parent of [...held.keys()]) flush(parent);
      return wire.close();
    },
  };
}
