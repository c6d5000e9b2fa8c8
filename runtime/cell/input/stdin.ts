// process.stdin as programs for a terminal know it, node:readline among them: each line that is read is asked of the
// person before the notebook. The questions that notebooks ask by themselves are in dialogs.ts.

import { Readable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { ExecutionId } from '../../events.ts';
import type { CellPort } from '../output/port.ts';

/**
 * A reader wants the next line as soon as it has one. Whoever stops reading does so within this time, and then no
 * empty box is left behind. In milliseconds.
 */
const PATIENCE = 20;

/** Told where the front end takes no input, or the cell that read had ended. */
export type Refused = (error: unknown, execution: ExecutionId) => void;

/** A stream of lines. It never ends, for the person may always type one more. */
export class CellStdin extends Readable {
  readonly fd = 0;
  readonly #port: CellPort;
  readonly #refused: Refused;
  /** The execution whose question is out: one that was interrupted gets no answer. */
  #asked: ExecutionId | undefined;
  #wanted = false;
  #soon: NodeJS.Timeout | undefined;

  constructor(port: CellPort, refused: Refused) {
    super({ highWaterMark: 1 });
    this.#port = port;
    this.#refused = refused;
  }

  override _read(): void {
    this.#wanted = true;
    this.#askSoon();
  }

  override resume(): this {
    super.resume();
    this.again();
    return this;
  }

  /** Asks, where a line was wanted and could not be had: its cell had ended. */
  again(): void {
    if (this.#wanted) this.#askSoon();
  }

  // As a terminal's, which is not closed by who has read enough.
  override destroy(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #askSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#ask(), PATIENCE);
  }

  #ask(): void {
    const execution = this.#port.execution();
    if (!this.#wanted || this.readableFlowing === false || this.#asked === execution) return;
    this.#asked = execution;
    this.#port.ask({ kind: 'input', prompt: '', password: false }).then(
      (line) => {
        if (this.#asked !== execution) return;
        this.#asked = undefined;
        this.#wanted = false;
        this.push(`${String(line)}\n`);
      },
      (error: unknown) => {
        if (this.#asked === execution) this.#asked = undefined;
        this.#refused(error, execution);
      },
    );
  }
}

/** Puts it in the place of process.stdin, once somebody looks at that. */
export function installStdin(port: CellPort, refused: Refused, target: object = process): void {
  let made: CellStdin | undefined;
  const make = (): CellStdin => {
    const stdin = new CellStdin(port, refused);
    followPrompts(stdin);
    return stdin;
  };
  Object.defineProperty(target, 'stdin', { configurable: true, enumerable: true, get: () => (made ??= make()) });
}

/** A reader that is kept from cell to cell reads on without a word: that it wants a line shows by its prompt alone. */
function followPrompts(stdin: CellStdin): void {
  // Loaded here, for most notebooks never read a line.
  const { Interface } = process.getBuiltinModule('node:readline');
  const reader = Object.getPrototypeOf(Interface.prototype) as {
    prompt(this: { input?: unknown }, keep?: boolean): void;
  };
  const { prompt } = reader;
  reader.prompt = function (...given) {
    prompt.apply(this, given);
    if (this.input === stdin) stdin.again();
  };
}
