// What cells have as globals in Node, and a worker has not: as far as there is any sense in it.

import { Buffer } from '#host/bytes';
import { clearImmediate, nextTick, setImmediate } from '#host/native-timers';
import type { TextPort } from '../output/gather-text.ts';

/** Ends the worker: the page hears of the code. */
type Exit = (code: number) => void;

/** Gives the worker its globals; they are no part of what a person enumerates. */
export function installWebGlobals({ write }: Pick<TextPort, 'write'>, exit: Exit): void {
  const began = performance.now();
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write(text: unknown) {
      write(name, typeof text === 'string' ? text : new TextDecoder().decode(text as Uint8Array));
      return true;
    },
  });
  const process = {
    env: {},
    argv: [],
    platform: 'browser',
    versions: {},
    cwd: () => '/',
    exit: (code = 0) => exit(code),
    nextTick: (call: (...given: unknown[]) => void, ...given: unknown[]) => nextTick(() => call(...given)),
    hrtime: Object.assign(() => clock(), { bigint: () => BigInt(Math.round(performance.now() * 1e6)) }),
    uptime: () => (performance.now() - began) / 1000,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  };
  // A worker that closed itself would never answer its cell.
  const close = () => exit(0);
  const given = { Buffer, process, global: globalThis, setImmediate: immediately, clearImmediate, close };
  for (const [name, value] of Object.entries(given)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

function immediately(call: (...given: unknown[]) => void, ...given: unknown[]): unknown {
  return setImmediate(() => call(...given));
}

function clock(): [seconds: number, nanoseconds: number] {
  const now = performance.now();
  return [Math.floor(now / 1000), Math.round((now % 1000) * 1e6)];
}
