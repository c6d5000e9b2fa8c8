// The one door by which everything in the cell process talks upward: console, displays, comms, prompts.
// How it reaches the kernel process (pipes, the watcher thread) is send.ts's affair, not theirs.

import type { AskQuestion, CellEvent, ExecutionId } from '../../events.ts';

/** What code in the cell process may say to the kernel process, and ask of it. */
export interface CellPort {
  /** The execution that owns the code running now: the cell that caused it, whatever cell runs meanwhile. */
  execution(): ExecutionId;
  /** Says an event at once, in order. Text that was gathered before it (output/) goes out before it. */
  send(event: CellEvent, buffers?: readonly Uint8Array[]): void;
  /** The same for an event that the next one follows at once: they travel together. */
  sendWithNext(event: CellEvent): void;
  /** Asks what only the kernel process can do. Rejects with the answer's error. */
  ask(question: AskQuestion): Promise<unknown>;
  /** The same, blocking the main thread until the answer; throws the answer's error. Interruptible. */
  askNow(question: AskQuestion): unknown;
}
