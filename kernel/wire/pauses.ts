// Long work in slices, so that control, heartbeat and other clients are answered in between.

/** Milliseconds of work without a pause. */
const SLICE_MS = 5;

/** Returns what is to be awaited between two steps of a long work: it pauses when a slice is over. */
export function createPauses(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE_MS) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}
