// Threads that run a program given as text: a page's workers.

interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message: string; preventDefault(): void }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

const page = globalThis as unknown as {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (address: string) => WebWorker;
};

/** How many threads the machine runs at once. */
export const cores: number = page.navigator?.hardwareConcurrency ?? 2;

/** What a thread's program finds: `receive` takes what is called with each message, `send` answers. */
const DOOR = `
const receive = (listener) => { onmessage = ({ data }) => listener(data); };
const send = (message) => postMessage(message);`;

/** A thread that answers each message with one: an `Answer`. */
export class Thread<Answer> {
  private readonly worker: WebWorker;

  /** Starts it. A page hears of a worker's end only where it ends it. */
  constructor(program: string, _gone: () => void) {
    if (page.Worker === undefined) {
      throw new Error('A thread cannot be started here: this browser gives its workers no workers of their own.');
    }
    const address = URL.createObjectURL(new Blob([DOOR + program], { type: 'text/javascript' }));
    this.worker = new page.Worker(address);
    URL.revokeObjectURL(address);
  }

  /**
   * Listens for the answer.
   *
   * @returns what ends the listening
   */
  listen(answered: (message: Answer) => void, failed: (error: unknown) => void): () => void {
    this.worker.onmessage = ({ data }) => answered(data as Answer);
    this.worker.onerror = (event) => {
      event.preventDefault();
      failed(new Error(event.message));
    };
    return () => {
      this.worker.onmessage = null;
      this.worker.onerror = null;
    };
  }

  /** @throws DataCloneError where it cannot be sent between threads */
  send(message: unknown): void {
    this.worker.postMessage(message);
  }

  /** Ends it wherever it is. */
  end(): void {
    this.worker.terminate();
  }
}
