// The lines that a program printed, and where it stood. The recorder hears them; this only tells them apart.

import { CREATED, TAKEN, WATCHED } from '../../asyncio/engine/coroutine-phase.ts';
import type { Loop } from '../../asyncio/engine/loop.ts';
import type { Frame } from '../../asyncio/engine/types.ts';
import { observeCalls } from '../../asyncio/engine/unawaited.ts';
import type { Call } from '../../quiz/decide.ts';
import type { OnPrint } from '../record/record.ts';

/** A line that was printed, and where the program stood. */
export interface Line {
  readonly text: string;
  /** The moment of the trace at which it was printed. */
  readonly moment: number;
  /** The task that printed it. */
  readonly task: number;
  /** @internal The coroutines that were running, the innermost first. */
  readonly stack: readonly Call[];
  /** @internal The line of the latest await of the innermost one. */
  readonly at: number;
}

/** Takes what goes to standard output: the lines are shown beside the prediction instead. */
export interface PrintedLines {
  readonly lines: readonly Line[];
  readonly onPrint: OnPrint;
  /** Ends it; the lines remain. */
  stop(): void;
}

/** Takes the lines that a loop's tasks print from now on. */
export function printedLines(loop: Loop): PrintedLines {
  const lines: Line[] = [];
  const calls = new Calls();
  const stop = observeCalls((frame) => calls.made(frame, lines.length));
  let begun = '';
  const onPrint: OnPrint = (stream, text, moment) => {
    if (stream !== 'stdout') return false;
    for (const piece of text.split(/(?<=\n)/)) {
      // A line may be written in pieces; it stands where its first one was written.
      const line =
        begun === '' ? lineAt(loop, moment, calls.stackOf(loop.current?.top ?? null, lines.length)) : lines.pop();
      begun += piece;
      if (line !== undefined) lines.push({ ...line, text: begun.trim() });
      if (piece.endsWith('\n')) begun = '';
    }
    return true;
  };
  return { lines, onPrint, stop };
}

function lineAt({ current }: Loop, moment: number, stack: readonly Call[]): Omit<Line, 'text'> {
  return { moment, task: current?.id ?? 0, stack, at: current?.top?.line ?? 0 };
}

/** Counts, for each coroutine, the lines before its call and before its body began. */
class Calls {
  readonly #all = new WeakMap<Frame, { -readonly [K in keyof Call]: Call[K] }>();
  #waiting: Frame[] = [];

  made(frame: Frame, lines: number): void {
    this.#all.set(frame, { name: frame.code.name, made: lines, begun: undefined });
    this.#waiting.push(frame);
  }

  /** Taken when a line is printed, because a coroutine that has ended no longer knows who awaited it. */
  stackOf(top: Frame | null, lines: number): readonly Call[] {
    this.#waiting = this.#waiting.filter((frame) => {
      const waits = frame.phase === CREATED || frame.phase === WATCHED || frame.phase === TAKEN;
      const call = this.#all.get(frame);
      if (!waits && call !== undefined) call.begun = lines;
      return waits;
    });
    const stack: Call[] = [];
    for (let frame = top; frame !== null; frame = frame.caller) stack.push(this.#callOf(frame));
    return stack;
  }

  /** What was called before the first line was awaited counts as begun. */
  #callOf(frame: Frame): Call {
    const known = this.#all.get(frame) ?? { name: frame.code.name, made: 0, begun: 0 };
    this.#all.set(frame, known);
    return known;
  }
}
