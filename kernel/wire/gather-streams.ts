// Holds stream text for a moment, so that ten console.log lines become one message. This happens in the kernel process
// because its timers run while a cell spins. No message of a request, not even its reply, overtakes its earlier text.

import { setImmediate } from '#host/native-timers';
import type { Wire } from './wire.ts';

/** Milliseconds that text waits for more text. */
const HELD_MS = 20;
/** Text of this length is sent at once (Jupyter servers allow 1 MB of stream text and 1,000 messages a second). */
const ENOUGH_UNITS = 64 * 1024;
/** How often stdout and stderr may alternate in that time; beyond it, order is kept only within each stream. */
const TURNS = 8;

/** A request's header as JSON. */
type Parent = string | undefined;

interface Part {
  readonly name: string;
  text: string;
}

interface Held {
  readonly parts: Part[];
  length: number;
  readonly timer: NodeJS.Timeout;
}

/** Wraps a wire so that its `stream` messages are gathered. */
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
      // Node runs timers before it reads pipes: text that was written in time but still waits in a pipe, because other
      // programs had the processor, belongs to this message too.
      const timer = setTimeout(() => setImmediate(() => held.get(parent) === mine && flush(parent)), HELD_MS);
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
    if (found.length >= ENOUGH_UNITS) flush(parent);
  };
  return {
    ...wire,
    publish(message) {
      if (message.type === 'stream') return hold(message.parent, message.content as Part);
      flush(message.parent);
      wire.publish(message);
    },
    send(origin, message, wanted) {
      flush(message.parent);
      return wire.send(origin, message, wanted);
    },
    close() {
      for (const parent of [...held.keys()]) flush(parent);
      return wire.close();
    },
  };
}
