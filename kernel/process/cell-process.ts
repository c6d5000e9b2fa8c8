// What the kernel asks of the cell process, whatever becomes of that process. It is made in create-cell-process.ts.

import type {
  CellEvent,
  CellOutcome,
  CommDown,
  ExecuteBeside,
  ExecuteCell,
  LiveAnswer,
  LiveLookup,
} from '../../runtime/events.ts';
import type { SpawnCell } from './cell-child.ts';
import type { OpenDescriptors } from './descriptors.ts';
import type { Inspector } from './inspector-calls.ts';

/**
 * Takes what the cell process says, in order. CellProcess keeps `done`, `beside_done`, `ready`, `exit`, `broken`, `live_answer` and
 * `log`; everything else comes here.
 */
export type EventSink = (event: CellEvent, buffers: readonly Uint8Array[]) => void;

/** A cell as the kernel puts it in flight; CellProcess adds which cell it comes after. */
export type CellToRun = Omit<ExecuteCell, 'after'>;

/** A cell in flight; the one before it may not be done. */
export interface CellInFlight {
  /**
   * Its turn has come: the events kept for it go to the sink, and further ones as they come. Resolves when all of its
   * synchronous output has gone to the sink. Never rejects: if the process ends under the cell, the outcome is an error
   * that says what happened, and a fresh process is started. Resolves to `unrun` (put it in flight again) if an earlier
   * cell failed and stopped the queue, changed the diagnostics mode, or ended the process.
   */
  beginTurn(): Promise<CellOutcome>;
  /** Whether it has come back unrun. */
  isUnrun(): boolean;
}

/** The cell process as the rest of the kernel sees it: always there, restarted when it ends. */
export interface CellProcess {
  /** Spawns the process now; cells sent before it is ready wait for it. */
  start(): void;
  /** Puts a cell in flight; it runs after those before it, and its events are kept until its turn. */
  putInFlight(cell: CellToRun): CellInFlight;
  /** Runs a cell beside those in flight. Resolves as `beginTurn` does; to `unrun` only if the kernel is ending. */
  beside(cell: ExecuteBeside): Promise<CellOutcome>;
  /** Whether the process has a cell that has not ended. */
  busy(): boolean;
  /**
   * Interrupts what runs: the executing cell, or what keeps the process busy while none executes. Resolves when the
   * interrupt is under way, not when the cell has ended.
   */
  interrupt(): Promise<void>;
  /** Sends a comm message to user code. */
  comm(message: CommDown, buffers: readonly Uint8Array[]): void;
  /** Answers an `ask` event. */
  answer(id: number, answer: { readonly value: unknown } | { readonly error: string }): void;
  /** Asks the running program for live names; undefined when it does not answer within `milliseconds`. */
  live(lookup: Omit<LiveLookup, 'type' | 'id'>, milliseconds: number): Promise<LiveAnswer | undefined>;
  /** V8's inspector in the process, for the debugger. */
  readonly inspector: Inspector;
  /** Ends the process in order (clean-up gets 2 s at most, then it is killed) and resolves when it is gone. */
  shutdown(): Promise<void>;
}

/** How a cell process is made. */
export interface CellProcessOptions {
  readonly spawn: SpawnCell;
  /** What reads the bare descriptors of the process. */
  readonly descriptors: OpenDescriptors;
  /** Limit of resident memory in MiB, for the words of an end. */
  readonly memoryLimit: number;
  readonly sink: EventSink;
  /** Called when the process ended by itself and its variables are gone. */
  readonly restarted: () => void;
  /** A line for the kernel's own log. */
  readonly log: (line: string) => void;
}
