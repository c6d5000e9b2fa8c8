// What pictures need from the process of a notebook, which sets it once; in a plain program they print text instead.
// Imports nothing from runtime/picture, because the cell process loads this file when it starts.

import { hearPrints } from '#host/process';

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

export type PrintStream = 'stdout' | 'stderr';

/** Hears what is printed, before it is out, and returns true to take it: then it is not printed. It must not throw. */
export type Heard = (stream: PrintStream, text: string) => boolean;

/** What the process of a notebook provides. */
export interface Host {
  /** The text of a cell or a file, by the name that places carry: `Cell [3]`. */
  sourceOf(file: string): string | undefined;
  /** Shows a value under the running cell. */
  show(value: unknown): void;
  /** Shows a value that can be replaced later. */
  showLive(value: unknown): Shown;
  /** Lets pages open channels to `target`: `call` gets what the page sent, and may answer. */
  listen(target: string, call: (data: unknown, channel: Channel) => void): void;
  /** Whether the figure that is shown now must bring the player: no other that is still shown is known to have it. */
  bringsPlayer(): boolean;
  /** Jupyter's number of the kernel, by which a page reaches it; '' where there is none. */
  readonly kernel: string;
  /** Whether the page reaches the kernel by widgets and in no other way. */
  readonly onlyWidgets: boolean;
  /** Taken by the recording that begins: it calls `reached` at that moment, where a debugger stops. */
  stopHere(): { readonly moment: number; readonly reached: () => void } | undefined;
  /** Passes on what is printed from now on, until the function that it returns is called. */
  hear(heard: Heard): () => void;
}

const plain: Host = {
  sourceOf: () => undefined,
  show: (value) => console.log(String(value)),
  showLive: (value) => {
    console.log(String(value));
    return { update: (newer) => console.log(String(newer)) };
  },
  listen: () => {},
  bringsPlayer: () => true,
  kernel: '',
  onlyWidgets: false,
  stopHere: () => undefined,
  hear(heard) {
    const ends = (['stdout', 'stderr'] as const).map((name) => hearPrints(name, (text) => heard(name, text)));
    return () => {
      for (const end of ends) end();
    };
  },
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
