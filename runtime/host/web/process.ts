// What a program in a page is told from outside, and how it speaks there when nobody else listens.

const page = globalThis as unknown as {
  readonly console: { error(text: string): void };
  addEventListener?(event: string, listener: () => void): void;
};
/** Taken at load: a host replaces the console. */
const { console } = page;

/** A page has no environment; what sets a variable of ours is the host, in its options. */
export function variable(_name: string): string | undefined {
  return undefined;
}

/** A number that hardly any other page has. */
export const processId: number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/** Calls `last` when the page goes; a worker is not told of its end. */
export function atExit(last: () => void): void {
  page.addEventListener?.('pagehide', last);
}

/** Writes to the console. */
export function writeError(text: string): void {
  console.error(text.replace(/\n$/, ''));
}

/** A page has no streams; what a notebook prints is told by its host. */
export function hearPrints(_name: 'stdout' | 'stderr', _heard: (text: string) => boolean): () => void {
  return () => {};
}
