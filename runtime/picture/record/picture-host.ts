// What pictures need from the process of a notebook, which sets it once; in a plain program they print text instead.
// Imports nothing from runtime/picture, because the cell process loads this file when it starts.

/** A display that can be replaced. */
export interface Shown {
  update(value: unknown): void;
}

/** A channel to a page: one press of one button. */
export interface Channel {
  send(data: unknown): void;
  /** Closes the channel; `data` is the last message. */
  close(data?: unknown): void;
}

/** What the process of a notebook provides. */
export interface Host {
  /** The text of a cell or a file, by the name that places carry: `Cell [3]`. */
  sourceOf(file: string): string | undefined;
  /** Shows a value under the running cell. */
  show(value: unknown): void;
  /** Shows a value that can be replaced later. */
  showLive(value: unknown): Shown;
  /** The line that a call of console.log prints. */
  lineOf(values: readonly unknown[]): string;
  /** Lets pages open channels to `target`: `call` gets what the page sent, and may answer. */
  listen(target: string, call: (data: unknown, channel: Channel) => void): void;
}

const plain: Host = {
  sourceOf: () => undefined,
  show: (value) => console.log(String(value)),
  showLive: (value) => {
    console.log(String(value));
    return { update: (newer) => console.log(String(newer)) };
  },
  lineOf: (values) => values.map(String).join(' '),
  listen: () => {},
};

let current = plain;

/** The process in which pictures are made. */
export function host(): Host {
  return current;
}

/** Called once by the cell process. */
export function setHost(newHost: Host): void {
  current = newHost;
}
