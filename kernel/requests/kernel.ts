// The interfaces of the kernel's parts, and of the exchange in which one request is answered: what handlers and the
// queue know of each other. Interfaces only: each part is made in a file of its own and put together in
// kernel/main.ts and kernel/start.ts.

import type {
  Ask,
  AskQuestion,
  CompiledCell,
  ErrorReport,
  ExecutionId,
  FunctionPlace,
  ScopedText,
} from '../../runtime/events.ts';
import type { DebugSession } from '../debug/debug-session.ts';
import type { History } from '../history/store.ts';
import type { LazyLanguage } from '../language/lazy.ts';
import type { CellProcess } from '../process/cell-process.ts';
import type { JsonObject, Message, Published, ReplyContent } from '../protocol.ts';
import type { Outgoing, Wire } from '../wire/wire.ts';

/** The kernel as its request handlers see it. */
export interface Kernel {
  readonly wire: Wire;
  readonly cellProcess: CellProcess;
  readonly history: History;
  readonly executions: Executions;
  readonly queue: CellQueue;
  readonly subshells: Subshells;
  readonly comms: Comms;
  readonly input: Input;
  /** Absent where nothing can be debugged. */
  readonly debug: DebugSession | undefined;
  /** Requests that only the place of this kernel can answer, by message type. */
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly about: About;
  /** Reads a file for a cell; absent where cells read files themselves. Resolves to undefined where there is none. */
  readonly readFile: ((path: string) => Promise<string | undefined>) | undefined;
  readonly language: LazyLanguage;
  /** Loads the compiler at the first call. Rejects where it cannot be loaded. */
  compiler(): Promise<Compiler>;
  /** Text for stderr of the next cell that publishes anything. */
  readonly warnings: string[];
  /** How many interrupts were requested: a cell that is still being compiled compares the count, and does not run. */
  interrupts: number;
  interrupt(): Promise<void>;
  /** To be called after each cell. */
  ran(): void;
  /** Ends the cell process, closes the sockets, and then ends the kernel. */
  end(): Promise<void>;
  /** Writes a line to the kernel's own log. */
  log(line: string): void;
  /** Publishes a message on iopub; without `parent` it belongs to no request. */
  publish<Type extends keyof Published>(
    parent: string | undefined,
    type: Type,
    content: Published[Type],
    extra?: Pick<Outgoing, 'metadata' | 'buffers' | 'aside'>,
  ): void;
}

/** What a kernel says of itself, besides what all have in common. */
export interface About {
  /** Where its cells run, as in `Node v26.1.0`. */
  readonly place: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** One request and the means to answer it, so that no handler assembles headers. */
export interface Exchange {
  readonly request: Message;
  /** The request's header as JSON. */
  readonly parent: string;
  /** To be called once at most. A request whose handler throws before it replied gets an error reply. */
  reply(content: ReplyContent): void;
  /** Publishes on iopub with the request as parent. */
  publish<Type extends keyof Published>(type: Type, content: Published[Type]): void;
}

/** Answers one kind of request. Busy and idle are published around it, even where it throws. */
export type Handler = (exchange: Exchange, kernel: Kernel) => void | Promise<void>;

/** The queue of cells. */
export interface CellQueue {
  /** Queues an execute_request. */
  add(request: Message): void;
  /**
   * Publishes busy again where a cell is running: clients take any idle, such as the one after a completion, for the
   * state of the kernel.
   */
  sayBusy(): void;
  /** Whether a cell is running. */
  readonly busy: boolean;
  /** Answers every queued cell as aborted. */
  abort(): Promise<void>;
  /** The number of the last cell that was stored. */
  count(): number;
}

/**
 * The subshells (https://jupyter.org/enhancement-proposals/91-kernel-subshells): queues of cells beside the main one.
 * Every other request is handled at once anyway, whichever subshell it names.
 */
export interface Subshells {
  /** Makes one, and returns its id. */
  create(): string;
  /** False if there is none of that id. */
  delete(id: string): boolean;
  has(id: string): boolean;
  list(): readonly string[];
  /** Queues an execute_request in a subshell. */
  add(id: string, request: Message): void;
}

/** One execution: the request that all of its output names as its parent, however late the output comes. */
export interface Execution {
  readonly id: ExecutionId;
  /** The request's header as JSON; one object for all output, so that streams can be seen to belong together. */
  readonly parent: string;
  readonly origin: Pick<Message, 'channel' | 'identities'>;
  /** The number in its result and reply; 0 for what is not a cell, such as a comm message. */
  readonly count: number;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** True until its reply is made: input may be requested only until then. */
  running: boolean;
  payload: JsonObject[];
  /** The text/plain of its result, for the history. */
  output: string | undefined;
}

/** The executions of this kernel, as far back as memory allows. */
export interface Executions {
  /** Makes an execution. `parent` is the request's header as JSON; `cell` is absent for what is not a cell. */
  create(request: Message, parent: string, cell?: Pick<Execution, 'count' | 'silent' | 'allowStdin'>): Execution;
  find(id: ExecutionId): Execution | undefined;
}

/** What the kernel needs of runtime/compile. Errors of the source are reports; no promise rejects because of them. */
export interface Compiler {
  /** Compiles a cell; tracebacks call it `name`, as in `Cell [3]`. */
  cell(source: string, name: string): Promise<CompiledCell | { readonly error: ErrorReport }>;
  /** Compiles a cell without consequences for others; undefined where it does not compile. */
  preview(source: string): Promise<CompiledCell | undefined>;
  /** Compiles a local file that a cell imports. */
  module(path: string, source: string): Promise<unknown>;
  /** Compiles a text that a cell gives to eval; undefined where it does not parse. */
  text(text: string, bound: string): Promise<ScopedText | undefined>;
  /** The text of a compiled function as the person wrote it, in JavaScript. */
  functionText(place: FunctionPlace): Promise<string | undefined>;
  completeness(source: string): Completeness | Promise<Completeness>;
  /** Returns a function that forgets the imports of all cells compiled from now on, because they will not run. */
  mark(): () => void;
  /** Forgets what earlier cells imported, because the process they ran in is gone. */
  reset(): void;
  /** Gives up what is being compiled elsewhere: the first long cell, and the first text at esbuild. Their promises reject. */
  stop(): void;
}

/** The content of an is_complete_reply. */
export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete'; readonly indent: string };

/** An open comm. */
export interface OpenComm {
  readonly id: string;
  readonly target: string;
  /** The header, as JSON, of the request in whose execution user code opened it; absent if the front end did. */
  readonly parent?: string | undefined;
}

/** The open comms, by id, with their targets; and the comm messages whose handlers have not returned. */
export interface Comms {
  /** Resolves when `done` is called for this execution, or after a second. */
  handled(execution: ExecutionId): Promise<void>;
  /** The handler of this execution's comm message has returned. */
  done(execution: ExecutionId): void;
  open(comm: OpenComm): void;
  close(id: string): void;
  has(id: string): boolean;
  /** Closes all comms, because the cell process that held their other ends is gone. Returns them. */
  forget(): readonly OpenComm[];
  list(target?: string): Readonly<Record<string, { readonly target_name: string }>>;
}

/** A question of user code to the person at the front end. */
export type InputQuestion = Extract<AskQuestion, { readonly kind: 'input' }>;

/** The questions of user code to the person at the front end. */
export interface Input {
  /** Sends the question once those before it are answered, or answers with an error where it cannot be asked. */
  ask(event: Ask, question: InputQuestion, execution: Execution | undefined): void;
  /** Takes an input_reply. One that answers no open question, as happens after an interrupt, is dropped. */
  reply(message: Message): void;
  /** Forgets the questions of one execution, or of all: nothing waits for their answers any more. */
  drop(execution?: Execution): void;
}
