// Every message between a page and the worker in which its cells run. Requests and events are those of any cell process
// (runtime/events.ts); the rest is what a process of Node gets at its start, or by its watcher.

import type { Answer, CellEvent, CompiledCell, ErrorReport, Interrupt, Request } from '../../events.ts';

/**
 * The first message: what the worker needs before it can take cells. With it comes the port of a channel, by which all the
 * others go.
 */
export interface Start {
  readonly type: 'start';
  /** The parser. */
  readonly parser: WebAssembly.Module;
  /** Memory of both; undefined where the page is not isolated. */
  readonly memory: SharedArrayBuffer | undefined;
  /** The address of the worker's mail, where there is no shared memory but a service worker; see mail.ts. */
  readonly mail?: string | undefined;
  /** The address of the notebook: its imports start there. */
  readonly notebook: string;
  /** Specifier → address of a module that the page offers, such as './checks.ts'. */
  readonly modules: Readonly<Record<string, string>>;
  /**
   * The folder of the notebook among the files that the page reads for its cells: '', or `lessons/`. Undefined where the
   * page reads none.
   */
  readonly folder?: string | undefined;
  /** The player's script, for figures that bring it; undefined where the page has it. */
  readonly player?: string | undefined;
  /** Variables of the kernel's own, as a process of Node has them in its environment. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** Compiles a cell; `compiled` answers it. */
export interface Compile {
  readonly type: 'compile';
  readonly id: number;
  readonly source: string;
  /** `Cell [3]`. */
  readonly name: string;
}

/** The clean-up of that execution has had its time. */
export interface Force {
  readonly type: 'force';
  readonly execution: number;
}

/** page → worker. */
export type ToWorker =
  | Compile
  | Force
  | Interrupt
  | Answer
  | { readonly type: 'request'; readonly request: Request; readonly buffers: readonly Uint8Array[] };

/** worker → page. */
export type FromWorker =
  | { readonly type: 'event'; readonly event: CellEvent; readonly buffers: readonly Uint8Array[] }
  | { readonly type: 'compiled'; readonly id: number; readonly compiled: CompiledCell }
  /** The source is not TypeScript. */
  | { readonly type: 'compiled'; readonly id: number; readonly error: ErrorReport }
  | { readonly type: 'consumed'; readonly number: number; readonly execution: number }
  /** An execution that had consumed an interrupt ended. */
  | { readonly type: 'ended'; readonly execution: number }
  /** The worker could not start. */
  | { readonly type: 'failed'; readonly reason: string };
