// jupyter.keepAlive: a server culls kernels that are idle for long, and to it a kernel is idle that runs no cell, whatever
// its tasks do. While one of them is named here, the kernel says from time to time that it is in use.

import { briefText } from '../display/bundle.ts';
import type { CellPort } from '../output/port.ts';

/** A task or future of the library. */
interface Watched {
  addDoneCallback(done: () => void): unknown;
}

/** Keeps the kernel from being culled until the task or promise is done. Returns a function that ends this earlier. */
export type KeepAlive = (work: Watched | PromiseLike<unknown>) => () => void;

/** Shorter than any time after which a server culls: it looks every five minutes. */
export const ALIVE_MS = 30_000;

/** Makes the function for a port. */
export function createKeepAlive(port: CellPort): KeepAlive {
  return (work) => {
    const found = work as Partial<Watched & PromiseLike<unknown>> | null | undefined;
    const say = () => port.send({ type: 'alive', execution: port.execution() });
    const timer = setInterval(say, ALIVE_MS);
    const stop = () => clearInterval(timer);
    if (typeof found?.addDoneCallback === 'function') found.addDoneCallback(stop);
    else if (typeof found?.then === 'function') found.then(stop, stop);
    else {
      stop();
      throw new TypeError(`keepAlive: a task or a promise was expected, got ${briefText(work)}.`);
    }
    return stop;
  };
}
