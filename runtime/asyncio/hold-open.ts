// What a program has open outside of the library ends with its run, or with its loop, and keeps no process alive after it.

import type { Loop } from './engine/loop.ts';

/** @internal Registers what is open. Returns what is to be called once it is closed. */
export function holdOpen(loop: Loop, letGo: () => void): () => void {
  const held = { group: loop.currentRun(), letGo };
  loop.held.add(held);
  return () => void loop.held.delete(held);
}
