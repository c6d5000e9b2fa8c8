// What a program is told from outside, and how it speaks there when nobody else listens.

/** A variable of the environment; undefined where it is not set. */
export function variable(name: string): string | undefined {
  return process.env[name];
}

/** A number that no other process on this machine has at this time. */
export const processId: number = process.pid;

/** Calls `last` when the process exits, after which nothing can be awaited. */
export function atExit(last: () => void): void {
  process.once('exit', last);
}

/** Writes to stderr, at once. */
export function writeError(text: string): void {
  process.stderr.write(text);
}

/**
 * Hears what is printed, before it is out, and takes it where `heard` returns true. If somebody else has replaced `write`
 * since, only the listening ends.
 *
 * @returns what ends it
 */
export function hearPrints(name: 'stdout' | 'stderr', heard: (text: string) => boolean): () => void {
  const stream = process[name];
  const before = stream.write;
  let listening = true;
  const write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
    if (listening && heard(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())) return true;
    return before.call(stream, chunk, ...rest);
  };
  stream.write = write;
  return () => {
    listening = false;
    if (stream.write === write) stream.write = before;
  };
}
