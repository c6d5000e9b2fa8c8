// process.stdin as terminal programs know it, node:readline included: each line read is requested from the person at
// the notebook. The notebook's own questions are in dialogs.ts.

import { Readable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { ExecutionId } from '../../events.ts';
import type { CellPort } from '../output/port.ts';

/**
 * Milliseconds to wait before the next line is requested. A reader asks for another line as soon as it has one, and a
 * program that stops reading does so within this time: no empty input box is left behind.
 */
const PATIENCE_MS = 20;

/** Called if the front end accepts no input, or if the cell that was reading has ended. */
export type Refused = (error: unknown, execution: ExecutionId) => void;

/** A stream of lines. It never ends, because the person may always type another. */
export class CellStdin extends Readable {
  readonly fd = 0;
  readonly #port: CellPort;
  readonly #refused: Refused;
  /** The execution whose question is open: an interrupted one gets no answer. */
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

  /** Asks again for a line that was wanted but could not be had because its cell had ended. */
  again(): void {
    if (this.#wanted) this.#askSoon();
  }

  // Like a terminal's, which a program that has read enough does not close.
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
    this.#soon = setTimeout(() => this.#ask(), PATIENCE_MS);
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

/** Replaces process.stdin; the stream is created when it is first read. */
export function installStdin(port: CellPort, refused: Refused, target: object = process): void {
  let made: CellStdin | undefined;
  const make = (): CellStdin => {
    const stdin = new CellStdin(port, refused);
    followPrompts(stdin);
    return stdin;
  };
  Object.defineProperty(target, 'stdin', { configurable: true, enumerable: true, get: () => (made ??= make()) });
}

/** A readline interface kept from cell to cell goes on reading silently: only its prompt shows that it wants a line. */
function followPrompts(stdin: CellStdin): void {
  // Loaded here because most notebooks never read a line.
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
