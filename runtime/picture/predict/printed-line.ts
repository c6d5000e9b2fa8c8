// A line that a program printed, and where the program stood. predict.ts makes it.

import type { Frame } from '../../asyncio/engine/types.ts';

/** A line that was printed, and where the program stood. */
export interface Line {
  readonly text: string;
  /** How many records the trace had by then. */
  readonly moment: number;
  /** The task that printed it. */
  readonly task: number;
  /** @internal The coroutine that printed it. */
  readonly frame: Frame | null;
  /** @internal The outermost coroutine of its task. */
  readonly outermost: Frame | null;
  /** @internal The line of that coroutine's latest await. */
  readonly at: number;
}
