// Every message between the kernel process and the cell process, and nothing else.
// Requests and control go down (kernel → cell), events come up (cell → kernel). Frames: runtime/frames.ts.

/** What identifies one execution. The kernel maps it back to the request that every output must name as its parent. */
export type ExecutionId = number;

/** A Jupyter MIME bundle: MIME type → JSON-able value; text types hold strings, binary ones base64 strings. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** An error as Jupyter shows it: `traceback` is lines, which may hold ANSI colours. */
export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A compiled cell, as runtime/compile makes it; the cell process evaluates `code` and never sees TypeScript. */
export interface CompiledCell {
  /** A JavaScript expression: the generator function `function* (__cell, __co) {…}` of the cell's body. */
  readonly code: string;
  /** Source map v3 (JSON text) from `code` to the TypeScript that the person wrote. */
  readonly map: string;
  /** Names that the cell declares at its top level, in order. */
  readonly declares: readonly string[];
  /**
   * The bytes of `code`, of `map` and of the cell's source where the cell is long; the texts themselves are then ''. They
   * travel as the buffers of the message, so that the kernel passes megabytes on without reading them.
   */
  readonly long?: readonly [code: Uint8Array, map: Uint8Array, source: Uint8Array];
}

/** A text for eval or Function, in which names of the notebook are written as in compiled cells. */
export interface ScopedText {
  readonly code: string;
  /** The notebook's names in it, in blanks. */
  readonly used: string;
  /** Those of them that it assigns to. */
  readonly written: string;
}

/** Where a function begins: in the source of a cell, or of the file at `path`. Line and column count from 1. */
export interface FunctionPlace {
  readonly source: string;
  readonly path?: string;
  readonly line: number;
  readonly column: number;
}

// ── kernel → cell, on the request pipe ──────────────────────────────────────────────────────────────────────────────

export interface ExecuteCell {
  readonly type: 'execute';
  readonly execution: ExecutionId;
  /** The number shown beside the cell, `[3]`; also its name in tracebacks, `Cell [3]`. */
  readonly count: number;
  /** The TypeScript that the person wrote, for code frames; '' where it lies beside the message (CompiledCell.long). */
  readonly source: string;
  readonly compiled: CompiledCell;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly allowStdin: boolean;
  /** If this cell fails, the cells put in flight after it do not run. */
  readonly stopOnError: boolean;
  /**
   * The cell put in flight before this one, if the kernel had not heard of its end by then; else 0. If that cell fails
   * and stops the queue, or is itself given back, this one is given back unrun.
   */
  readonly after: ExecutionId;
  /** user_expressions, each compiled as a cell; `error` where it did not compile. Evaluated after success only. */
  readonly expressions: Readonly<Record<string, CompiledExpression>>;
  readonly place?: CellPlace;
}

/** Which cell of the notebook it is, where the client says so. */
export interface CellPlace {
  readonly cell: string;
  /** Cells that were deleted since the client last said so. */
  readonly deleted: readonly string[];
}

export type CompiledExpression =
  | { readonly source: string; readonly compiled: CompiledCell }
  | { readonly source: string; readonly error: ErrorReport };

/** A cell of a subshell (JEP 91): it runs beside the cells in flight, whatever they do. `beside_done` is its end. */
export interface ExecuteBeside {
  readonly type: 'execute_beside';
  readonly execution: ExecutionId;
  /** Its name in tracebacks. */
  readonly name: string;
  readonly source: string;
  readonly compiled: CompiledCell;
  readonly silent: boolean;
  readonly expressions: ExecuteCell['expressions'];
}

/** A comm message from the front end. Buffers travel beside the JSON (see runtime/frames.ts). */
export interface CommDown {
  readonly type: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly execution: ExecutionId;
  readonly commId: string;
  readonly targetName?: string;
  readonly data: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Asks what the running program holds, for completion and inspection; `live_answer` answers it. No getter is run. */
export interface LiveLookup {
  readonly type: 'live';
  readonly id: number;
  /** Keys of the value that this path of names leads to (`[]`: the notebook's own names), or a description of it. */
  readonly kind: 'keys' | 'describe';
  readonly path: readonly string[];
}

/** Ends the process in order: tasks are cancelled, clean-up runs (at most 2 s), then it exits. */
export interface Shutdown {
  readonly type: 'shutdown';
}

/** A debugger is attached; the first request to a process that took the place of another under a debugger. */
export interface Attach {
  readonly type: 'attach';
}

export type Request = ExecuteCell | ExecuteBeside | CommDown | LiveLookup | Shutdown | Attach;

// ── kernel → cell, on the control pipe: read by the watcher thread, so heard while a cell spins ─────────────────────

/** Numbered, so that each interrupt is consumed once: by the running code or by the loop's next turn. */
export interface Interrupt {
  readonly type: 'interrupt';
  readonly number: number;
  /**
   * The last cell in flight when the person pressed interrupt, 0 if none ran. Cells that the kernel puts in flight
   * later are not meant.
   */
  readonly execution: ExecutionId;
}

/** The answer to an `ask`. Exactly one of `value` and `error` is there. */
export interface Answer {
  readonly type: 'answer';
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A method of V8's inspector (Chrome DevTools Protocol), called on the main thread; `debug_answer` answers it. */
export interface DebugCall {
  readonly type: 'debug_call';
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Ends the debug session, if there is one: what stands at a breakpoint goes on. */
export interface DebugEnd {
  readonly type: 'debug_end';
}

export type Control = Interrupt | Answer | DebugCall | DebugEnd;

// ── watcher thread → kernel, back on the control pipe: heard while a cell spins ─────────────────────────────────────

/** The interrupt was consumed: a check threw, a wait was cancelled, or code was terminated. */
export interface Consumed {
  readonly type: 'consumed';
  readonly number: number;
  /** The execution that was interrupted, 0 if none was. */
  readonly execution: ExecutionId;
}

/** Resident memory is over the limit; the process ends itself right after. */
export interface OverMemory {
  readonly type: 'over_memory';
  /** MiB. */
  readonly resident: number;
}

/** A line for the kernel's log: what COKERNEL_TRACE asks for. Written by both threads, so it arrives while a cell spins. */
export interface LogLine {
  readonly type: 'log';
  readonly line: string;
}

/** The answer to a `debug_call`. Exactly one of `result` and `error` is there. */
export interface DebugAnswer {
  readonly type: 'debug_answer';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** What V8's inspector says by itself: scripts, pauses, resumptions. */
export interface DebugEvent {
  readonly type: 'debug_event';
  readonly method: string;
  readonly params: unknown;
}

export type WatcherEvent = Consumed | OverMemory | LogLine | DebugAnswer | DebugEvent;

/** What a cell's end writes on descriptors 1 and 2, so that the kernel knows how far to read for that cell. */
export function fence(nonce: string, execution: ExecutionId): string {
  return `\u0000cokernel ${nonce} ${execution}\u0000`;
}

// ── cell → kernel ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Sent once, when the main thread receives requests. Requests need not wait for it; until it comes the kernel sends no
 * SIGINT (create-cell-process.ts).
 */
export interface Ready {
  readonly type: 'ready';
}

export interface StreamText {
  readonly type: 'stream';
  readonly execution: ExecutionId;
  readonly name: 'stdout' | 'stderr';
  readonly text: string;
}

/** Where `data` is long, its JSON is the first buffer, and `data` is empty: the kernel passes it on without reading it. */
interface WithData<Data> {
  readonly data: Data;
  readonly dataApart?: true;
}

export interface Display extends WithData<MimeBundle> {
  readonly type: 'display';
  readonly execution: ExecutionId;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly displayId?: string;
  /** True for update_display_data: replaces every display of that id. */
  readonly update?: boolean;
}

export interface Result extends WithData<MimeBundle> {
  readonly type: 'result';
  readonly execution: ExecutionId;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ClearOutput {
  readonly type: 'clear';
  readonly execution: ExecutionId;
  readonly wait: boolean;
}

/** An error output that fails nobody: of a timer, a rejected promise, or a task of an ended cell. */
export interface LateError {
  readonly type: 'late_error';
  readonly execution: ExecutionId;
  readonly error: ErrorReport;
}

export interface CommUp extends WithData<unknown> {
  readonly type: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly execution: ExecutionId;
  readonly commId: string;
  readonly targetName?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * The handler of a comm message returned (its synchronous part; its output went out before this), or there is none.
 * The front end's idle waits for this event, because widgets stop listening for a message's output at its idle.
 */
export interface CommDone {
  readonly type: 'comm_done';
  readonly execution: ExecutionId;
}

/**
 * Something only the kernel process can do. Answered by `answer` on the control pipe, so that the main thread may
 * block on it (prompt(), a local TypeScript file that an import needs at once) or await it.
 */
export interface Ask {
  readonly type: 'ask';
  readonly id: number;
  readonly execution: ExecutionId;
  readonly question: AskQuestion;
}

export type AskQuestion =
  | { readonly kind: 'input'; readonly prompt: string; readonly password: boolean }
  | { readonly kind: 'compile'; readonly path: string; readonly source: string }
  /** Answered by a ScopedText, or undefined where the text does not parse. `bound`: names around it, in blanks. */
  | { readonly kind: 'scope'; readonly text: string; readonly bound: string }
  /** Answered by the function's text, or undefined. */
  | { readonly kind: 'function'; readonly place: FunctionPlace }
  | { readonly kind: 'history'; readonly n: number }
  /** Asked in a page, which reads files for its cells: answered by the text, or null where there is no such file. */
  | { readonly kind: 'file'; readonly path: string }
  /** Asked while a debugger is attached, before the script runs: answered once its breakpoints are set. */
  | { readonly kind: 'script'; readonly script: DebugScript };

/** A script as a debugger needs it. */
export interface DebugScript {
  /** As in stack frames: `Cell [3]`, a path, a URL. */
  readonly name: string;
  /** What the person wrote. */
  readonly source: string;
  /** Source maps (v3, JSON text) from the running code to `source`, first to last. */
  readonly maps: readonly string[];
  /** The running code. */
  readonly code: string;
}

/** How type errors of later cells are treated: as a warning, as a reason not to run, or not at all. */
export type DiagnosticsMode = 'warn' | 'strict' | 'off';

/** Sent when a cell calls `jupyter.diagnostics(mode)`. */
export interface Diagnostics {
  readonly type: 'diagnostics';
  readonly execution: ExecutionId;
  readonly mode: DiagnosticsMode;
}

/** A payload of the execute_reply (`page`, `set_next_input`). */
export interface Payload {
  readonly type: 'payload';
  readonly execution: ExecutionId;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface LiveAnswer {
  readonly type: 'live_answer';
  readonly id: number;
  readonly keys?: readonly LiveName[];
  readonly text?: string;
}

/** A name in the running program. `kind` is the type shown in completions: function, class, keyword, instance … */
export interface LiveName {
  readonly name: string;
  readonly kind: string;
}

/** The end of an execution; all its synchronous output went out before it. */
export interface Done {
  readonly type: 'done';
  readonly execution: ExecutionId;
  readonly outcome: CellOutcome;
  /** The descriptors (1, 2) on which this execution's fence was written: the kernel reads up to it. */
  readonly fenced: readonly number[];
}

/** The end of a cell of a subshell. */
export interface BesideDone {
  readonly type: 'beside_done';
  readonly execution: ExecutionId;
  readonly outcome: CellOutcome;
}

export type CellOutcome =
  | { readonly status: 'ok'; readonly expressions: Readonly<Record<string, ExpressionOutcome>> }
  | { readonly status: 'error'; readonly error: ErrorReport }
  /** Given back: nothing of it ran. */
  | { readonly status: 'unrun' };

export type ExpressionOutcome =
  | { readonly status: 'ok'; readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>> }
  | ({ readonly status: 'error' } & ErrorReport);

/** The last event before the process ends because user code called process.exit. */
export interface Exit {
  readonly type: 'exit';
  readonly code: number;
}

/** The cell process cannot go on: a cell has broken what it is made of. It ends right after. */
export interface Broken {
  readonly type: 'broken';
  readonly reason: string;
}

/** Something of this execution goes on that is to keep the kernel from being culled. */
export interface Alive {
  readonly type: 'alive';
  readonly execution: ExecutionId;
}

export type CellEvent =
  | Ready
  | StreamText
  | Display
  | Result
  | ClearOutput
  | LateError
  | CommUp
  | CommDone
  | Ask
  | Payload
  | Diagnostics
  | Alive
  | LiveAnswer
  | Done
  | BesideDone
  | Exit
  | Broken
  | LogLine;
