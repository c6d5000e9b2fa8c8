// The interfaces of all parts of the kernel, and the exchange of one request: what handlers and the queue share.
// Interfaces only; each part is made in a file of its own and put together in kernel/start.ts.

import type { Ask, AskQuestion, CompiledCell, ErrorReport, ExecutionId } from '../../runtime/events.ts';
import type { History } from '../history/store.ts';
import type { LazyLanguage } from '../language/lazy.ts';
import type { CellHost } from '../process/host.ts';
import type { JsonObject, Message, Published, ReplyContent } from '../protocol.ts';
import type { Outgoing } from '../wire/message.ts';
import type { Wire } from '../wire/sockets.ts';

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

/** One execution: the request that every output of it must name as its parent, however late it comes. */
export interface Execution {
  readonly id: ExecutionId;
  /** The request's header as JSON: the same object for all output, so that streams can be told to belong together. */
  readonly parent: Uint8Array;
  readonly origin: Pick<Message, 'channel' | 'identities'>;
  /** The number of its result and reply; 0 for what is no cell, as a comm message. */
  readonly count: number;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** True until its reply is made: input may be asked only then. */
  running: boolean;
  payload: JsonObject[];
  /** The result's text/plain, for history. */
  output: string | undefined;
}

/** All executions, as far back as memory allows. */
export interface Executions {
  /** `parent` is the request's header, serialised. Without `cell` it is no cell, as a comm message. */
  begin(request: Message, parent: Uint8Array, cell?: Pick<Execution, 'count' | 'silent' | 'allowStdin'>): Execution;
  find(id: ExecutionId): Execution | undefined;
}

/** The queue of cells. */
export interface Cells {
  /** Queues an execute_request. */
  add(request: Message): void;
  /** Says busy again where a cell runs: clients take any idle, as the one after a completion, for the kernel's. */
  sayBusy(): void;
  /** Answers all that is queued as aborted. */
  abort(): Promise<void>;
}

/** The open comms, by id, with their targets; and the messages whose handlers have not returned. */
export interface Comms {
  /** Resolves when `done` is called for it, or after a second. */
  handled(execution: ExecutionId): Promise<void>;
  done(execution: ExecutionId): void;
  open(id: string, target: string): void;
  close(id: string): void;
  has(id: string): boolean;
  /** None is open any more: the cell process, which held their other ends, started afresh. Returns what was open. */
  forget(): readonly string[];
  list(target?: string): Readonly<Record<string, { readonly target_name: string }>>;
}

export type InputQuestion = Extract<AskQuestion, { readonly kind: 'input' }>;

/** Questions of user code to the person at the front end. */
export interface Input {
  /** Puts the question to the client, once the questions before it are answered; or answers that none can be put. */
  ask(event: Ask, question: InputQuestion, execution: Execution | undefined): void;
  /** Takes an input_reply. One that answers nothing, as after an interrupt, is dropped. */
  reply(message: Message): void;
  /** Forgets the questions of one execution, or all: nobody waits for their answers any more. */
  drop(execution?: Execution): void;
}

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
