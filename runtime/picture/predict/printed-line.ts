// The lines that a program printed, and where it stood. The recorder hears them; this only tells them apart.

import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Frame } from '../../asyncio/engine/types.ts';
import type { OnPrint } from '../record/record.ts';

/** A line that was printed, and where the program stood. */
export interface Line {
  readonly text: string;
  /** The moment of the trace at which it was printed. */
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

/** Takes what goes to standard output: it adds the lines to `lines`, and they are shown beside the prediction instead. */
export function linesOf(loop: Loop, lines: Line[]): OnPrint {
  let begun = '';
  return (stream, text, moment) => {
    if (stream !== 'stdout') return false;
    for (const piece of text.split(/(?<=\n)/)) {
      // A line may be written in pieces; it stands where its first one was written.
      const line = begun === '' ? lineAt(loop, moment) : lines.pop();
      begun += piece;
      if (line !== undefined) lines.push({ ...line, text: begun.trim() });
      if (piece.endsWith('\n')) begun = '';
    }
    return true;
  };
}

function lineAt({ current }: Loop, moment: number): Omit<Line, 'text'> {
  const top = current?.top ?? null;
  // Taken now, because a coroutine that has ended no longer knows who awaited it.
  let outermost = top;
  while (outermost !== null && outermost.caller !== null) outermost = outermost.caller;
  return { moment, task: current?.id ?? 0, frame: top, outermost, at: top?.line ?? 0 };
}
