// What the kernel asks of the cell process, whatever becomes of that process. Its making is in process.ts.

import type { CellEvent, CellOutcome, CommDown, ExecuteCell, LiveAnswer, LiveQuestion } from '../../runtime/events.ts';

/** Takes what the cell process says, in order. `done`, `ready` and `bye` are handled by the host and not passed on. */
export type EventSink = (event: CellEvent, buffers: readonly Uint8Array[]) => void;

/** A cell as the host is given it; what it was handed over behind is for the host to know. */
export type GivenCell = Omit<ExecuteCell, 'after'>;

/** A cell that the cell process has, though the one before it may not be done. */
export interface HandedCell {
  /**
   * Its turn has come: what it said until now goes to the sink, and the rest as it comes. Resolves when all of its
   * synchronous output has been handed to the sink. Never rejects: where the process ends under the cell, the outcome is
   * an error that says what happened, and a fresh process is started. `unrun` where one handed over before it failed and
   * stops the queue, changed how cells are checked, or ended the process.
   */
  turn(): Promise<CellOutcome>;
}

/** The cell process as the rest of the kernel sees it: always there, restarted where it ended. */
export interface CellHost {
  /** Spawns the process now; cells sent before it is ready wait for it. */
  start(): void;
  /** Hands over a cell, which runs after those before it; what it says is kept until its turn. */
  handOver(cell: GivenCell): HandedCell;
  /** Whether the process has a cell that has not ended. */
  busy(): boolean;
  /** Interrupts what runs: the executing cell, or what keeps the process busy while none executes. Resolves when the levers are pulled, not when the cell ended. */
  interrupt(): Promise<void>;
  /** Sends a comm message to user code. */
  comm(message: CommDown, buffers: readonly Uint8Array[]): void;
  /** Answers an `ask` event. */
  answer(ask: number, answer: { readonly value: unknown } | { readonly error: string }): void;
  /** Asks the running program for live names; undefined when it does not answer within `milliseconds`. */
  live(question: Omit<LiveQuestion, 'type' | 'question'>, milliseconds: number): Promise<LiveAnswer | undefined>;
  /** Ends the process in order (finally blocks at most 2 s, then killed) and resolves when it is gone. */
  shutdown(): Promise<void>;
}

/** How a cell process is made. */
export interface CellHostOptions {
  /** The folder that imports start from and the process's working directory: the notebook's. */
  readonly directory: string;
  /** Limit of resident memory in MiB; beyond it the process is ended and the cell says so. */
  readonly memoryLimit: number;
  readonly sink: EventSink;
  /** The cell process's main file: runtime/cell/main, built or as source. */
  readonly main: URL;
  /** Called when the process ended by itself and its variables are gone. */
  readonly restarted: () => void;
  /** A line for the kernel's own log. */
  readonly log: (line: string) => void;
}
