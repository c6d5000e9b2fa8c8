// The loop that runs at this instant, and the task behind a driver. Only the engine's own files write here.

import type { Loop } from './loop.ts';
import type { Task } from './task.ts';
import type { Driver } from './types.ts';

export const running: {
  /** The loop whose turn runs. */
  loop: Loop | null;
  /** The loop that native code between turns belongs to: the newest one that is still at work. */
  ambient: Loop | null;
} = { loop: null, ambient: null };

/** The loop that code running now belongs to, or null. */
export function loopNow(): Loop | null {
  return running.loop ?? running.ambient;
}

/** The task whose stack this is; null for a person's own `send`. */
export function taskOf(driver: Driver | null | undefined): Task<unknown> | null {
  return (driver?.task as Task<unknown> | null | undefined) ?? null;
}
