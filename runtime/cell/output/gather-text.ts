// Gathers text by execution and stream, so that a thousand small writes become few events, and keeps text in order with
// everything else that is sent. The writers are std-streams.ts and console.ts.

import { clearTimeout, setTimeout } from '#host/native-timers';
import type { ExecutionId } from '../../events.ts';
import type { CellPort } from './port.ts';

/** The two text streams of Jupyter. */
export type StreamName = 'stdout' | 'stderr';

/** A port that also takes text. Everything the cell process sends goes through it, or the order would be lost. */
export interface TextPort extends CellPort {
  /** Takes text for the current owner, or for `execution` if it is given. */
  write(name: StreamName, text: string, execution?: ExecutionId): void;
  /**
   * Passes on each text from now on, until the function that it returns is called. Where `heard` returns true, it has
   * taken the text, which is then not sent. It must not throw.
   */
  hear(heard: Heard): () => void;
  /** Sends the gathered text. Called at the end of each cell and before any other event. */
  flush(): void;
  /**
   * Sends the waiting text in the middle of running code, such as a cell that spins. V8 assumes that such an intrusion
   * changes no object used by the interrupted code, so this only counts, atomically, what need not be sent again.
   */
  show(): void;
}

type Heard = (name: StreamName, text: string) => boolean;

/** Notified of waiting text, so that somebody can call `show` while a cell spins. */
export interface Waiting {
  /** Text has been waiting since this window; 0 if none is waiting. Called often. */
  mark(window: number): void;
  /** The first text of this window began to wait. Called once per window. */
  announce(window: number): void;
}

/** The longest time that text waits, in milliseconds. */
const WINDOW_MS = 50;
/**
 * This many texts per window go out immediately, because a cell may print and then spin. The kernel process merges
 * them. Each costs up to 9 µs: sending all of 20,000 lines this way would take 190 ms instead of 10.
 */
const PROMPT = 200;
/** Gathered text is sent at this length. One event holds at most LARGEST_UNITS (a server's limit is 1 MB a second). */
const ENOUGH_UNITS = 64 * 1024;
const LARGEST_UNITS = 256 * 1024;

interface Gathered {
  readonly execution: ExecutionId;
  readonly name: StreamName;
  text: string;
}

/** Wraps the port that does the sending. */
export function gatherText(port: CellPort, waiting?: Waiting): TextPort {
  let gathered: Gathered | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sentSince = 0;
  let windowFrom = Number.NEGATIVE_INFINITY;
  let windows = 0;
  let announced = 0;
  /** Replaced, not changed, so that it costs nothing while nobody listens. */
  let hearers: readonly Heard[] = [];
  /** How much of the gathered text `show` has sent. */
  const shown = new Int32Array(1);

  function flush(): void {
    if (!gathered) return;
    const { execution, name, text } = gathered;
    // Cleared first: a termination below must lose a piece rather than send it twice.
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

  /** Everybody hears the text, also what one of them takes. */
  function taken(name: StreamName, text: string): boolean {
    let one = false;
    for (const heard of hearers) if (heard(name, text)) one = true;
    return one;
  }

  function wait(): void {
    timer ??= setTimeout(onTime, WINDOW_MS).unref();
    waiting?.mark(windows);
    if (announced === windows) return;
    announced = windows;
    waiting?.announce(windows);
  }

  function onTime(): void {
    timer = undefined;
    flush();
  }

  function write(name: StreamName, text: string, execution = port.execution()): void {
    if (text === '') return;
    if (hearers.length > 0 && taken(name, text)) return;
    if (gathered && (gathered.execution !== execution || gathered.name !== name)) flush();
    if (gathered) gathered.text += text;
    else gathered = { execution, name, text };
    // A timer does not fire while a cell spins, so the clock is read at each write (40 ns).
    const now = performance.now();
    if (now - windowFrom >= WINDOW_MS) {
      windowFrom = now;
      sentSince = 0;
      windows++;
      flush();
    } else if (sentSince < PROMPT || gathered.text.length >= ENOUGH_UNITS) {
      flush();
    } else {
      wait();
    }
  }

  return {
    execution: () => port.execution(),
    write,
    hear(heard) {
      hearers = [...hearers, heard];
      return () => {
        hearers = hearers.filter((one) => one !== heard);
      };
    },
    show,
    flush() {
      clearTimeout(timer);
      timer = undefined;
      flush();
      // The next cell's first lines are sent immediately, however much the previous one printed.
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
    let end = Math.min(at + LARGEST_UNITS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    yield text.slice(at, end);
    at = end;
  }
}
