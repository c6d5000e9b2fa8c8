// Threads that run a program given as text.

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';

/** How many threads the machine runs at once. */
export const cores: number = availableParallelism();

/** What a thread's program finds: `receive` takes what is called with each message, `send` answers. `require` is there too. */
const DOOR = `
const { parentPort } = require('node:worker_threads');
const receive = (listener) => parentPort.on('message', listener);
const send = (message) => parentPort.postMessage(message);`;

/** A thread that answers each message with one: an `Answer`. */
export class Thread<Answer> {
  private readonly worker: Worker;

  /** Starts it; `gone` is called when it has ended. */
  constructor(program: string, gone: () => void) {
    // Loaded with the first thread, because most programs have none.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    this.worker = new Worker(DOOR + program, { eval: true });
    this.worker.on('exit', gone);
  }

  /**
   * Listens for the answer, and keeps the process alive meanwhile. A thread may end by anything that was thrown.
   *
   * @returns what ends the listening
   */
  listen(answered: (message: Answer) => void, failed: (error: unknown) => void): () => void {
    const gone = (code: number): void => failed(new Error(`the thread ended with exit code ${code}`));
    this.worker.ref();
    this.worker.once('message', answered).once('error', failed).once('exit', gone);
    return () => {
      this.worker.off('message', answered).off('error', failed).off('exit', gone);
      this.worker.unref();
    };
  }

  /** @throws DataCloneError where it cannot be sent between threads */
  send(message: unknown): void {
    this.worker.postMessage(message);
  }

  /** Ends it wherever it is. */
  end(): void {
    void this.worker.terminate();
  }
}
