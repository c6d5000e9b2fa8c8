// A prediction beside what ran: shows itself as a figure in a notebook, and as text in a terminal.

import { type Decision, decide } from '../../quiz/decide.ts';
import { host } from '../record/picture-host.ts';
import type { Traced } from '../trace/traced.ts';
import { type Compared, textOf } from './comparison.ts';
import { pageOf } from './prediction-page.ts';
import type { Line } from './printed-line.ts';
import { ranOf } from './ran-by-trace.ts';

/** What was predicted, what was printed, and the rule that decided the first line that differs. */
export class Prediction<T> implements Compared {
  /** What was predicted. */
  readonly guess: readonly string[];
  /** What was printed. */
  readonly lines: readonly Line[];
  /** The trace of the run. */
  readonly trace: Traced<T>;
  /** The index of the first line that differs; -1 if none does. */
  readonly difference: number;
  /** What decided that line; undefined if all are right, or no rule did. */
  readonly decision: Decision | undefined;

  /** @internal */
  constructor(guess: readonly string[], lines: readonly Line[], trace: Traced<T>, main: number) {
    this.guess = guess;
    this.lines = lines;
    this.trace = trace;
    const most = Math.max(guess.length, lines.length);
    const at = Array.from({ length: most }, (_, index) => guess[index] === lines[index]?.text).indexOf(false);
    this.difference = at;
    const ran = () => ranOf(lines, trace.model, trace.recording.records, main);
    this.decision = at < 0 ? undefined : decide(guess, ran(), at);
  }

  /** True if every line is right. */
  get right(): boolean {
    return this.difference < 0;
  }

  /** The figure, as HTML that needs nothing else. */
  html(): string {
    return pageOf(this);
  }

  /** Prediction and run side by side, as text. */
  toString(): string {
    return textOf(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return {
      'text/html': pageOf(this, { alone: host().bringsPlayer(), kernel: host().kernel }),
      'text/plain': this.toString(),
    };
  }
}
