// COKERNEL_TRACE: prints what happens inside the kernel, one line per event, by topic. What is printed is decided where
// it happens. Each process and thread opens it at its start; a topic that is off costs one comparison and builds no
// text.

/** What can be traced: messages, the queue of cells, the way of an interrupt, turns and steps of the event loop. */
const TOPICS = ['wire', 'queue', 'interrupt', 'loop'] as const;

/** One of the topics. */
export type Topic = (typeof TOPICS)[number];

type Print = (line: string) => void;

/** Prints a line of a topic. Called as ``traceLog.wire?.(`…`)``, so that no text is built while the topic is off. */
export const traceLog: Record<Topic, Print | undefined> = {
  wire: undefined,
  queue: undefined,
  interrupt: undefined,
  loop: undefined,
};

/**
 * Turns on the topics that COKERNEL_TRACE names, separated by commas, and all others off. `print` gets each line, with
 * the topic in front. Returns a warning if a name is not a topic, for one process to show.
 */
export function openTraceLog(value: string | undefined, print: Print): string | undefined {
  const names = (value ?? '').split(',').flatMap((name) => name.trim() || []);
  for (const topic of TOPICS) {
    traceLog[topic] = names.includes(topic) ? (line) => print(`${topic}: ${line}`) : undefined;
  }
  const unknown = names.filter((name) => !(TOPICS as readonly string[]).includes(name));
  if (unknown.length === 0) return undefined;
  return `COKERNEL_TRACE may name ${TOPICS.join(', ')}, separated by commas, but names ${unknown.map((name) => JSON.stringify(name)).join(', ')}`;
}

/** A Jupyter message that came `in` or goes `out` by a socket, for the topic `wire`. A status message says which one. */
export function messageLine(
  way: 'in' | 'out',
  socket: string,
  message: { readonly type: string; readonly id: string; readonly content: unknown },
  frames: readonly (Uint8Array | string)[],
): string {
  const { execution_state: state } = message.content as { readonly execution_state?: unknown };
  const type = message.type === 'status' ? `status ${String(state)}` : message.type;
  const bytes = frames.reduce((sum, frame) => sum + Buffer.byteLength(frame), 0);
  return `${way} ${socket}, ${type}, ${shortId(message.id)}, ${bytes} bytes`;
}

const LONGEST_ID = 16;

/** A message's id, short enough for a line and long enough to find it again: its beginning and its end. */
export function shortId(id: string): string {
  return id.length <= LONGEST_ID ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}
