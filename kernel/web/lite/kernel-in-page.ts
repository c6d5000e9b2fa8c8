// What a page and the kernel in it know of each other. Interfaces only: the plugin loads the kernel when it is first needed.

import type { PageWorker } from '../worker-child.ts';
import type { LiteMessage } from './jupyterlite.ts';

/** What a kernel in a page is made with. */
export interface LiteKernelParts {
  readonly id: string;
  /** The folder of the notebook among the page's files: '', or `lessons`. */
  readonly location: string;
  readonly send: (message: LiteMessage) => void;
  readonly newWorker: () => PageWorker;
  readonly parser: WebAssembly.Module;
  /** The player's script, which figures bring. */
  readonly player: string;
  /** Whether the page is isolated from others, so that it can share memory with the worker. */
  readonly isolated: boolean;
  /** The text of a file of the page; undefined where there is none. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  /** The address at which the page serves its files. */
  readonly files: URL;
  readonly log: (line: string) => void;
}

/** The kernel as its page has it. */
export interface KernelInPage {
  deliver(message: LiteMessage): void;
  interrupt(): Promise<void>;
  end(): Promise<void>;
}

/** Starts one. */
export type StartLiteKernel = (parts: LiteKernelParts) => Promise<KernelInPage>;
