// Stream text is held for a moment, so that a cell of ten console.log lines gives one message, here where timers run
// while a cell spins. Nothing of the same request, its reply included, overtakes the text before it.

import type { Wire } from '../wire/sockets.ts';

/** Milliseconds that text waits for more of its kind. */
const HELD = 20;
/** Text of this length goes out (a server's limit is 1 MB of stream text and 1,000 messages a second). */
const ENOUGH = 64 * 1024;

/** JSON bytes of a request's header: the same object for all that belongs to the request. */
type Parent = Uint8Array | undefined;

interface Held {
  readonly name: string;
  text: string;
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
    const { name, text } = found;
    wire.publish({ type: 'stream', parent, content: { name, text } });
  };
  const hold = (parent: Parent, { name, text }: Pick<Held, 'name' | 'text'>) => {
    if (held.get(parent)?.name !== name) flush(parent);
    const found = held.get(parent);
    if (found) found.text += text;
    else held.set(parent, { name, text, timer: setTimeout(flush, HELD, parent) });
    if ((found?.text ?? text).length >= ENOUGH) flush(parent);
  };
  return {
    ...wire,
    publish(message) {
      if (message.type === 'stream') return hold(message.parent, message.content as Held);
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
