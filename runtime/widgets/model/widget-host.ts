// What widgets need from the process of a notebook, which sets it once. In a plain program there is no front end: widgets
// keep their values and tell nobody. Imports nothing, because the cell process loads this file when it starts.

/** A message from the front end. */
export interface WidgetMessage {
  readonly data: unknown;
  readonly buffers: readonly Uint8Array[];
}

/** A widget's channel to the front end, which has one model for it in each page. */
export interface WidgetChannel {
  readonly id: string;
  send(data: unknown, buffers: readonly Uint8Array[]): void;
  close(): void;
}

/** What takes the messages of a channel. It runs as the kernel's own code: it must not call a person's. */
export interface WidgetEnds {
  message(message: WidgetMessage): void;
  /** The front end closed the channel. */
  closed(): void;
}

/** What opens a channel. */
export interface Opening {
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** A display that can be replaced. */
export interface LiveDisplay {
  update(value: unknown): void;
}

/** A value as it is shown: by MIME type, with the metadata of each. */
export interface Bundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Whoever causes what runs: the cell under which its output goes. Only the process knows what it is. */
export type Cause = unknown;

/** What the process of a notebook provides. */
export interface WidgetHost {
  open(target: string, opening: Opening, ends: WidgetEnds): WidgetChannel;
  /** Lets the front end open channels to `target`. */
  serve(target: string, call: (channel: WidgetChannel) => WidgetEnds): void;
  /** The cause of what runs now. */
  cause(): Cause;
  /** Runs the kernel's own code as caused by `cause`. */
  asCause(cause: Cause, call: () => void): void;
  /** Shows an error under the cell that causes what runs now. */
  report(error: unknown): void;
  /** The text of an error as it is shown under a cell, where something else shows it. */
  traceback(error: unknown): string;
  /** A value as it would be shown; a promise if its own display method is asynchronous. */
  bundle(value: unknown): Bundle | Promise<Bundle>;
  /** Shows a value under the running cell. */
  show(value: unknown): void;
  /** The same for a value that can be replaced later. */
  showLive(value: unknown): LiveDisplay;
  /** Calls the kernel's own code after so many milliseconds, unless the function that it returns is called before. */
  later(milliseconds: number, call: () => void): () => void;
  /** Functions to be called when a cell ends, so that all that it caused is out before its reply. */
  readonly beforeEnd: Pick<Set<() => void>, 'add' | 'delete'>;
}

let opened = 0;

const plain: WidgetHost = {
  open: () => ({ id: `widget-${++opened}`, send: () => {}, close: () => {} }),
  serve: () => {},
  cause: () => undefined,
  asCause: (_, call) => call(),
  report: (error) => console.error(error),
  traceback: (error) => (error instanceof Error ? (error.stack ?? String(error)) : String(error)),
  bundle: (value) => ({ data: { 'text/plain': String(value) }, metadata: {} }),
  show: (value) => console.log(String(value)),
  showLive: (value) => {
    console.log(String(value));
    return { update: (newer) => console.log(String(newer)) };
  },
  later(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
  beforeEnd: new Set(),
};

let current = plain;

/** The process in which widgets are made. */
export function widgetHost(): WidgetHost {
  return current;
}

/** Called once by the cell process; without a host it is a plain program again. */
export function setWidgetHost(host: WidgetHost = plain): void {
  current = host;
}
