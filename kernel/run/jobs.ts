// Runs several notebooks at a time and ends all of them on Ctrl-C: kernels are shut down in order, nothing is left.

/** Exit codes for the signals that end a command: 128 plus the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Jobs {
  /** The exit code for the signal that ended the work; undefined if there was none. */
  readonly interrupted: number | undefined;
}

/** What to do with each item. */
export interface Job<Item, Ready> {
  /** Begins to prepare the item; may be called while an earlier item is worked on. */
  prepare(item: Item, over: AbortSignal): Ready;
  /** Does the work. It calls `prepareNext` when this item leaves room for another to be prepared. */
  work(
    item: Item,
    ready: Ready,
    control: { readonly over: AbortSignal; readonly prepareNext: () => void },
  ): Promise<void>;
  /** Undoes `prepare` for an item that is never worked on. */
  discard(ready: Ready): Promise<void>;
}

/**
 * Works on each item in order, at most `limit` at a time, with at most one more prepared. The first Ctrl-C aborts the
 * signal; items that have not begun are left out. The second one ends this process at once; its kernels notice and
 * end.
 */
export async function runJobs<Item, Ready>(
  items: readonly Item[],
  limit: number,
  job: Job<Item, Ready>,
): Promise<Jobs> {
  const queue = [...items];
  const listening = listen();
  const { over } = listening;
  let spare: readonly [Item, Ready] | undefined;
  const prepared = (): typeof spare => {
    const item = over.aborted ? undefined : queue.shift();
    return item === undefined ? undefined : [item, job.prepare(item, over)];
  };
  const prepareNext = () => {
    spare ??= prepared();
  };
  const next = () => {
    const taken = spare ?? prepared();
    spare = undefined;
    return taken;
  };
  const worker = async () => {
    for (let taken = next(); taken !== undefined; taken = next()) {
      try {
        await job.work(...taken, { over, prepareNext });
      } catch (error) {
        if (!over.aborted) throw error;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  } finally {
    if (spare !== undefined) await job.discard(spare[1]);
    listening.end();
  }
  return { interrupted: listening.code() };
}

/** Turns the signals into one abort. */
function listen() {
  const controller = new AbortController();
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  let code: number | undefined;
  const take = (name: keyof typeof exitCodes) => {
    if (code !== undefined) process.exit(code);
    code = exitCodes[name];
    process.stderr.write(`\ncokernel: ${name}: shutting the kernels down (press again to end at once).\n`);
    controller.abort(new Error('interrupted'));
  };
  for (const name of names) process.on(name, take);
  return {
    over: controller.signal,
    code: () => code,
    end() {
      for (const name of names) process.off(name, take);
    },
  };
}
