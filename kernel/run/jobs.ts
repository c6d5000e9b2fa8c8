// Several notebooks at a time, and the end of all of them on Ctrl-C: kernels are ended in order, nothing stays behind.

/** What a person's Ctrl-C or a system's SIGTERM ends a command with: 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Jobs {
  /** The exit code of the signal that ended the work; undefined where none came. */
  readonly interrupted: number | undefined;
}

/**
 * Calls `work` for each item, at most `limit` at a time, in order. The signal it gets is aborted by the first Ctrl-C;
 * items that were not begun are then left out. A second Ctrl-C ends this process at once; kernels notice and end.
 */
export async function runJobs<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<Jobs> {
  const over = new AbortController();
  let interrupted: number | undefined;
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  const end = (name: keyof typeof exitCodes) => {
    if (interrupted !== undefined) process.exit(interrupted);
    interrupted = exitCodes[name];
    process.stderr.write(`\ncokernel: ${name} came; the kernels are being ended (once more: at once).\n`);
    over.abort(new Error('interrupted'));
  };
  for (const name of names) process.on(name, end);
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !over.signal.aborted; item = queue.shift()) {
      try {
        await work(item, over.signal);
      } catch (error) {
        if (!over.signal.aborted) throw error;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  } finally {
    for (const name of names) process.off(name, end);
  }
  return { interrupted };
}
