// One cell process as its owner sees it, whatever it is: a process of Node (spawn.ts), or a worker of a page.

import type { CellEvent, Control, Request, WatcherEvent } from '../../runtime/events.ts';
import type { Ending } from './ending.ts';

export interface CellListener {
  event(event: CellEvent, buffers: readonly Uint8Array[]): void;
  watcher(event: WatcherEvent): void;
  descriptor(name: 'stdout' | 'stderr', chunk: Buffer): void;
  /** What the process sent cannot be read. Called once; nothing that follows is read. */
  unreadable(reason: string): void;
  /** Called once, after the last event and the last chunk. */
  ended(ending: Pick<Ending, 'code' | 'signal' | 'heapFull' | 'failure'>): void;
}

export interface CellChild {
  request(request: Request, buffers?: readonly Uint8Array[]): void;
  control(control: Control): void;
  /** Signals the process and everything that it started. */
  signalGroup(signal: NodeJS.Signals): void;
  kill(): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

/** Starts one. It can be sent requests at once. */
export type SpawnCell = (nonce: string, listener: CellListener) => CellChild;
