// What pictures need of a notebook's process, which gives it once; in a plain program they print text instead.
// It loads nothing else of this folder: the cell process starts with it.

/** A display that can be replaced. */
export interface Shown {
  update(value: unknown): void;
}

/** A channel to buttons in the page. */
export interface Channel {
  send(data: unknown): void;
  /** The last message. */
  close(data?: unknown): void;
}

/** What a notebook's process gives. */
export interface Host {
  /** The text of a cell or a file, by the name that places carry: `Cell [3]`. */
  sourceOf(file: string): string | undefined;
  /** Shows a value under the cell that runs. */
  show(value: unknown): void;
  /** The same, to be replaced later. */
  showLive(value: unknown): Shown;
  /** Opens the named door for pages: `call` is given each message, and may answer. */
  listen(target: string, call: (data: unknown, channel: Channel) => void): void;
}

const plain: Host = {
  sourceOf: () => undefined,
  show: (value) => console.log(String(value)),
  showLive: (value) => {
    console.log(String(value));
    return { update: (newer) => console.log(String(newer)) };
  },
  listen: () => {},
};

let current = plain;

/** The process that pictures are made in. */
export function host(): Host {
  return current;
}

/** Called once by the cell process. */
export function setHost(given: Host): void {
  current = given;
}
