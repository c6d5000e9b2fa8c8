// What the request handlers share: the parts of the kernel, and the exchange of one request. No handler is in here.

import type { CompiledCell, ErrorReport } from '../../runtime/events.ts';
import type { CellHost } from '../cells/host.ts';
import type { History } from '../history/store.ts';
import type { LazyLanguage } from '../language/lazy.ts';
import type { Message, Published, ReplyContent } from '../protocol.ts';
import type { Outgoing } from '../wire/message.ts';
import type { Wire } from '../wire/sockets.ts';
import type { Cells } from './cells.ts';
import type { Comms } from './comm.ts';
import type { Executions } from './executions.ts';
import type { Input } from './input.ts';

/** What the kernel needs of runtime/compile. Errors of the source are reports already; nothing rejects for them. */
export interface Compiler {
  cell(source: string, name: string): Promise<CompiledCell | { readonly error: ErrorReport }>;
  module(path: string, source: string): Promise<unknown>;
  completeness(source: string): Completeness | Promise<Completeness>;
  /** Returns what forgets the imports of the cells compiled from now on, which will not run. */
  mark(): () => void;
  /** Forgets what earlier cells imported: the program that they ran in is gone. */
  reset(): void;
}

export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete'; readonly indent: string };

/** The kernel as its request handlers see it. Parts that are slow to load are made when first asked for. */
export interface Kernel {
  readonly wire: Wire;
  readonly host: CellHost;
  readonly history: History;
  readonly executions: Executions;
  readonly cells: Cells;
  readonly comms: Comms;
  readonly input: Input;
  compiler(): Promise<Compiler>;
  readonly language: LazyLanguage;
  /** Text for stderr of the next cell that shows anything. */
  readonly warnings: string[];
  /** How often an interrupt was asked for: a cell that is still being compiled sees by it that it shall not run. */
  interrupts: number;
  interrupt(): Promise<void>;
  /** Ends the cell process and the sockets, then the kernel. */
  end(): Promise<void>;
  /** A line for the kernel's own log. */
  log(line: string): void;
  publish<Type extends keyof Published>(
    parent: Uint8Array | undefined,
    type: Type,
    content: Published[Type],
    extra?: Pick<Outgoing, 'metadata' | 'buffers'>,
  ): void;
}

/** One request and the means to answer it: no handler assembles headers. */
export interface Exchange {
  readonly request: Message;
  readonly parent: Uint8Array;
  /** At most once; a request whose handler made none and threw gets an error reply. */
  reply(content: ReplyContent): void;
  publish<Type extends keyof Published>(type: Type, content: Published[Type]): void;
}

/** Answers one kind of request. Busy and idle are said around it, whatever it does. */
export type Handler = (exchange: Exchange, kernel: Kernel) => void | Promise<void>;
