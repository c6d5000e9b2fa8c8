// What a program in a page is told from outside, and how it speaks there when nobody else listens.

const page = globalThis as unknown as {
  readonly console: { error(text: string): void };
  addEventListener?(event: string, listener: () => void): void;
};
/** Taken at load: a host replaces the console. */
const { console } = page;

let variables: Readonly<Record<string, string>> = {};

/** A page has no environment: its host says what our own variables are, before anything reads them. */
export function setVariables(given: Readonly<Record<string, string>>): void {
  variables = given;
}

/** One of them. */
export function variable(name: string): string | undefined {
  return variables[name];
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
