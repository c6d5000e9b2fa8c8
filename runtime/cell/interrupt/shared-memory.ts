// The words of memory that the main thread and the watcher share: how an interrupt is raised and consumed. Each is an
// Int32. What compiled loops see of them is in stop-flag.ts.

import type { MessagePort } from 'node:worker_threads';

/** 0: no interrupt. 1: the next check throws. 2: raised again while the first was being handled. */
export const STOP = 0;
/** The newest interrupt's number, as raised by the watcher. */
export const RAISED = 1;
/** The newest interrupt's number that was consumed. */
export const CONSUMED = 2;
/** 1 while the main thread is in code that may be terminated. */
export const GUARDED = 3;
/** Counts up to wake a blocked main thread (`askNow`). */
export const WAKE = 4;
/** 1 from when the executing cell was interrupted until it ended: its clean-up runs. */
export const CLEANING_UP = 5;
/** When the newest interrupt was raised: Date.now(), the low 31 bits. */
export const RAISED_AT = 6;

/** The last execution that the newest interrupt is for, 0 for none. */
export const MEANT = 7;
/** The execution that runs now, 0 for none. */
export const EXECUTING = 8;
/** The window whose text is waiting to be sent, 0 for none. */
export const WAITING = 9;
/** 1 while the watcher's inspector session is open. */
export const SESSION = 10;

const WORDS = 11;

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
  | { readonly type: 'consumed'; readonly number: number }
  /** Text of this window is waiting; while the main thread spins, nothing else would send it. */
  | { readonly type: 'waiting'; readonly window: number }
  /** The process is about to exit: with the session open, Node would wait for a debugger and print so. */
  | { readonly type: 'parting' };

/** watcher → main. */
export type FromWatcher =
  | { readonly type: 'interrupt'; readonly number: number }
  /** That cell's clean-up has had its time. */
  | { readonly type: 'force'; readonly execution: number }
  | { readonly type: 'answer'; readonly ask: number; readonly value?: unknown; readonly error?: string };
