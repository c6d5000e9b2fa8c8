// Several notebooks at a time, and the end of all of them on Ctrl-C: kernels are ended in order, nothing stays behind.

/** What a person's Ctrl-C or a system's SIGTERM ends a command with: 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Jobs {
  /** The exit code of the signal that ended the work; undefined where none came. */
  readonly interrupted: number | undefined;
}

/** What is done with each item. */
export interface Job<Item, Ready> {
  /** Begins what the item will need; may be called while an earlier item is worked on. */
  prepare(item: Item, over: AbortSignal): Ready;
  /** `ahead` is to be called when this item leaves room for another to be prepared beside it. */
  work(item: Item, ready: Ready, turn: { readonly over: AbortSignal; readonly ahead: () => void }): Promise<void>;
  /** Takes back what was prepared for an item that never had its turn. */
  discard(ready: Ready): Promise<void>;
}

/**
 * Works on each item, at most `limit` at a time, in order, with at most one more prepared. The signal is aborted by
 * the first Ctrl-C; items that were not begun are then left out. A second one ends this process at once; kernels
 * notice and end.
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
  const ahead = () => {
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
        await job.work(...taken, { over, ahead });
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

/** Signals become one abort. */
function listen() {
  const controller = new AbortController();
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  let code: number | undefined;
  const take = (name: keyof typeof exitCodes) => {
    if (code !== undefined) process.exit(code);
    code = exitCodes[name];
    process.stderr.write(`\ncokernel: ${name} came; the kernels are being ended (once more: at once).\n`);
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
