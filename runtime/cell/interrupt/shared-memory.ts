// The words of memory that the main thread and the watcher thread share: how an interrupt is raised and consumed.
// Int32 each. What compiled loops see of it is in stop-flag.ts.

import type { MessagePort } from 'node:worker_threads';

/** 0: nothing. 1: the next check strikes. 2: raised again while the first was being handled. */
export const STOP = 0;
/** 1 once any cell was interrupted: plain async functions look, when they go on, whether they belong to it. */
export const RESUME = 1;
/** The newest interrupt's number, as raised by the watcher. */
export const RAISED = 2;
/** The newest interrupt's number that was consumed. */
export const CONSUMED = 3;
/** 1 while the main thread is in code that may be terminated. */
export const GUARDED = 4;
/** Counts up to wake a blocked main thread (`askNow`). */
export const WAKE = 5;
/** 1 from when the executing cell was struck until it ended: its finally blocks run. */
export const ENDING = 6;
/** When the newest interrupt was raised: Date.now(), the low 31 bits. */
export const RAISED_AT = 7;

/** The last execution that the newest interrupt means, 0 for none. */
export const MEANT = 8;
/** The execution that runs now, 0 for none. */
export const EXECUTING = 9;
/** The window whose text waits to be sent, 0 for none. */
export const WAITING = 10;
/** 1 while the watcher's inspector session is open. */
export const SESSION = 11;

const WORDS = 12;

/** Memory for both threads. */
export function createShared(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
}

/** Milliseconds, the same in both threads, fit for RAISED_AT. */
export function clockWord(): number {
  return Date.now() & 0x7fffffff;
}

/** What the watcher thread is made with. */
export interface WatcherData {
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** MiB. */
  readonly memoryLimit: number;
  /** To the main thread, which reads it also while it blocks. */
  readonly port: MessagePort;
}

/** main → watcher. */
export type ToWatcher =
  | { readonly type: 'struck'; readonly number: number }
  /** Text of this window waits; while the main thread spins nothing else would send it. */
  | { readonly type: 'waiting'; readonly window: number }
  /** The process exits: an open session would have Node wait for a debugger, and say so. */
  | { readonly type: 'parting' };

/** watcher → main. */
export type FromWatcher =
  | { readonly type: 'interrupt'; readonly number: number }
  /** That cell's finally blocks had their time. */
  | { readonly type: 'force'; readonly execution: number }
  | { readonly type: 'answer'; readonly ask: number; readonly value?: unknown; readonly error?: string };
