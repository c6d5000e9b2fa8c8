// The one interface through which everything in the cell process talks to the kernel process: console, displays, comms,
// prompts. How messages travel (pipes, the watcher thread) is in send.ts.

import type { AskQuestion, CellEvent, ExecutionId } from '../../events.ts';

/** What code in the cell process may send to the kernel process and ask of it. */
export interface CellPort {
  /** The execution that owns the running code: the cell that caused it, even if another cell executes meanwhile. */
  execution(): ExecutionId;
  /** Sends an event immediately and in order. Text gathered earlier goes out before it. */
  send(event: CellEvent, buffers?: readonly Uint8Array[]): void;
  /** The same for an event that another follows immediately: the two travel together. */
  sendWithNext(event: CellEvent): void;
  /** Asks for something that only the kernel process can do. Rejects with the answer's error. */
  ask(question: AskQuestion): Promise<unknown>;
  /** The same, but blocks the main thread until the answer comes; throws the answer's error. Can be interrupted. */
  askNow(question: AskQuestion): unknown;
}
