// The memory that the main thread and the watcher share, and their messages. Nothing about interrupts is decided by these
// words: that is in states.ts. Each word is an Int32 with one writer.

import type { MessagePort } from 'node:worker_threads';
import type { Interrupts } from './interrupts.ts';

/** Counts up to wake a blocked main thread (`askNow`). Written by the watcher. */
export const WAKE = 0;
/** The window whose text is waiting to be sent, 0 for none. Written by the main thread. */
export const WAITING = 1;
/** When the last interrupt was raised, as `clockWord`; 0 before the first. Written by the watcher. */
export const TOLD_AT = 2;

/** The limited call that runs (limit.ts), 0 for none. Written by the main thread. */
export const LIMITED = 3;

const WORDS = 4;

/** Memory for both threads. */
export function createShared(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
}

/** Milliseconds, the same in both threads, fit for TOLD_AT. */
export function clockWord(): number {
  return Date.now() & 0x7fffffff;
}

/** What the watcher thread is made with. */
export interface WatcherData {
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** MiB. */
  readonly memoryLimit: number;
  /** The URL of the folder in which the kernel's own code lies. */
  readonly home: string;
  /** To the main thread, which reads it also while it blocks. */
  readonly port: MessagePort;
}

/** main → watcher. */
export type ToWatcher =
  /** An interrupt was consumed by that execution, or by no cell (0). */
  | { readonly type: 'consumed'; readonly number: number; readonly execution: number }
  /** An execution that had consumed an interrupt ended. */
  | { readonly type: 'ended'; readonly execution: number }
  /** A call runs that is to be ended if it still runs after that time. */
  | { readonly type: 'limit'; readonly number: number; readonly milliseconds: number }
  /** Text of this window is waiting; while the main thread spins, nothing else would send it. */
  | { readonly type: 'waiting'; readonly window: number }
  /** The main thread agrees to a rest of the memory watch (watch-memory.ts): it does nothing. */
  | { readonly type: 'rests'; readonly rest: number }
  /** That rest is over: it does something. */
  | { readonly type: 'works'; readonly rest: number }
  /** The process exits, and has said so: it is to end now. */
  | { readonly type: 'exit' };

/** What the watcher says of an interrupt, again until it is over. The main thread may hear it twice. */
export type InterruptMessage =
  | { readonly type: 'interrupt'; readonly number: number; readonly execution: number }
  /** That cell's clean-up has had its time. */
  | { readonly type: 'force'; readonly execution: number };

/** watcher → main. */
export type FromWatcher =
  | InterruptMessage
  /** May the memory watch rest? */
  | { readonly type: 'rest'; readonly rest: number }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** Passes on, on the main thread, what the watcher says of an interrupt. */
export function dispatchInterruptMessage(message: InterruptMessage, interrupts: Interrupts): void {
  if (message.type === 'interrupt') interrupts.hear(message.number, message.execution);
  else interrupts.force(message.execution);
}
