// Gathers text by execution and stream, so that a thousand small writes travel as few events, and keeps its order
// with everything else that is sent. What writes here is in std-streams.ts and console.ts.

import { clearTimeout, setTimeout } from 'node:timers';
import type { ExecutionId } from '../../events.ts';
import type { CellPort } from './port.ts';

/** The two text streams of Jupyter. */
export type StreamName = 'stdout' | 'stderr';

/** A port that also takes text. All that the cell process sends goes through it, or order is lost. */
export interface TextPort extends CellPort {
  /** Takes text for the execution that runs now, or for the one given. */
  write(name: StreamName, text: string, execution?: ExecutionId): void;
  /** Sends what is gathered. Called before the end of each cell, and by everything else that is sent. */
  flush(): void;
  /**
   * Sends what waits, in the middle of whatever runs: a cell that spins. V8 takes it that such an intrusion changes no
   * object that the code around it uses, so this one only counts, atomically, what need not be sent again.
   */
  show(): void;
}

/** Hears of text that waits, for whoever can call `show` while a cell spins. */
export interface Waiting {
  /** Text waits since this window, or with 0 none does. Called often. */
  mark(window: number): void;
  /** The first text of this window that waits. */
  tell(window: number): void;
}

/** Text waits at most this many milliseconds. */
const WINDOW = 50;
/**
 * So many texts of one window go out at once, for a cell may print and then spin. The kernel process merges them. One
 * costs up to 9 µs: all of 20,000 lines would take 190 ms instead of 10.
 */
const PROMPT = 200;
/** Gathered text of this length goes out; one event's text is at most LARGEST (a server's limit is 1 MB a second). */
const ENOUGH = 64 * 1024;
const LARGEST = 256 * 1024;

interface Gathered {
  readonly execution: ExecutionId;
  readonly name: StreamName;
  text: string;
}

/** Wraps the port that really sends. */
export function gatherText(port: CellPort, waiting?: Waiting): TextPort {
  let gathered: Gathered | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sentSince = 0;
  let windowFrom = Number.NEGATIVE_INFINITY;
  let windows = 0;
  let told = 0;
  /** How much of the gathered text was shown. */
  const shown = new Int32Array(1);

  function flush(): void {
    if (!gathered) return;
    const { execution, name, text } = gathered;
    // Forgotten first: a termination that strikes below must lose a piece rather than say it twice.
    gathered = undefined;
    sentSince++;
    waiting?.mark(0);
    const from = Atomics.exchange(shown, 0, 0);
    for (const piece of pieces(text.slice(from))) port.send({ type: 'stream', execution, name, text: piece });
  }

  function show(): void {
    if (!gathered) return;
    const { execution, name, text } = gathered;
    const from = Atomics.exchange(shown, 0, text.length);
    for (const piece of pieces(text.slice(from))) port.send({ type: 'stream', execution, name, text: piece });
  }

  function wait(): void {
    timer ??= setTimeout(onTime, WINDOW).unref();
    waiting?.mark(windows);
    if (told === windows) return;
    told = windows;
    waiting?.tell(windows);
  }

  function onTime(): void {
    timer = undefined;
    flush();
  }

  function write(name: StreamName, text: string, execution = port.execution()): void {
    if (text === '') return;
    if (gathered && (gathered.execution !== execution || gathered.name !== name)) flush();
    if (gathered) gathered.text += text;
    else gathered = { execution, name, text };
    // A timer does not fire while a cell spins, so the clock is read at each write (40 ns).
    const now = performance.now();
    if (now - windowFrom >= WINDOW) {
      windowFrom = now;
      sentSince = 0;
      windows++;
      flush();
    } else if (sentSince < PROMPT || gathered.text.length >= ENOUGH) {
      flush();
    } else {
      wait();
    }
  }

  return {
    execution: () => port.execution(),
    write,
    show,
    flush() {
      clearTimeout(timer);
      timer = undefined;
      flush();
      // A cell that begins shows its first lines at once, however much the one before it printed.
      windowFrom = Number.NEGATIVE_INFINITY;
    },
    send(event, buffers) {
      flush();
      port.send(event, buffers);
    },
    sendWithNext(event) {
      flush();
      port.sendWithNext(event);
    },
    ask(question) {
      flush();
      return port.ask(question);
    },
    askNow(question) {
      flush();
      return port.askNow(question);
    },
  };
}

// Never splits a surrogate pair.
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + LARGEST, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    yield text.slice(at, end);
    at = end;
  }
}
