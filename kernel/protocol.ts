// Every Jupyter message type that this kernel speaks, as "Messaging in Jupyter" (5.5) of jupyter_client defines them.
// Shapes only: reading and signing are in wire/, handling in requests/.

import type { ErrorReport, MimeBundle } from '../runtime/events.ts';

/** The version of the messaging protocol that each header announces. */
export const PROTOCOL_VERSION = '5.5';

/** A JSON object whose fields are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A field of a content that is JSON already: the cell process wrote it, the client reads it, and this process only passes
 * it on.
 */
export class JsonBytes {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export interface Header extends JsonObject {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username?: string;
  readonly date?: string;
  readonly version?: string;
}

/** The three channels on which requests arrive and replies leave. */
export type Channel = 'shell' | 'control' | 'stdin';

/** A received message: its signature is checked and the four dicts are objects, but their fields are not checked. */
export interface Message {
  readonly channel: Channel;
  /** Routing identities; the reply begins with them. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  readonly parentHeader: JsonObject;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

// ── replies ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ErrorContent extends ErrorReport {
  readonly status: 'error';
}

/** Without a number, as ipykernel's: a front end would show it on a cell that never ran. */
export interface AbortedContent {
  readonly status: 'aborted';
}

export interface ExecuteOk {
  readonly status: 'ok';
  readonly execution_count: number;
  readonly payload: readonly JsonObject[];
  readonly user_expressions: JsonObject;
}

export interface ExecuteError extends ErrorContent {
  readonly execution_count: number;
  readonly payload: readonly JsonObject[];
  readonly user_expressions: JsonObject;
}

export type ExecuteReply = ExecuteOk | ExecuteError | AbortedContent;

export interface KernelInfoReply {
  readonly status: 'ok';
  readonly protocol_version: string;
  readonly implementation: string;
  readonly implementation_version: string;
  readonly language_info: LanguageInfo;
  readonly banner: string;
  readonly help_links: readonly { readonly text: string; readonly url: string }[];
  readonly supported_features: readonly string[];
  /** For clients older than 5.5; JupyterLab reads the kernelspec's metadata instead. */
  readonly debugger: boolean;
}

export interface LanguageInfo {
  readonly name: string;
  readonly version: string;
  readonly mimetype: string;
  readonly file_extension: string;
  readonly pygments_lexer: string;
  readonly codemirror_mode: string | JsonObject;
}

export interface CompleteReply {
  readonly status: 'ok';
  readonly matches: readonly string[];
  /** Code points, as cursor_pos counts. */
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: JsonObject;
}

export interface InspectReply {
  readonly status: 'ok';
  readonly found: boolean;
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
}

export type IsCompleteReply =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete'; readonly indent: string };

/** One line of history: session, line number, and the source, paired with its output if `output` was requested. */
export type HistoryEntry = readonly [session: number, line: number, source: string | readonly [string, string | null]];

export interface HistoryReply {
  readonly status: 'ok';
  readonly history: readonly HistoryEntry[];
}

export interface CommInfoReply {
  readonly status: 'ok';
  readonly comms: Readonly<Record<string, { readonly target_name: string }>>;
}

export interface ShutdownReply {
  readonly status: 'ok';
  readonly restart: boolean;
}

export interface PlainOk {
  readonly status: 'ok';
}

/** ipykernel's: what the kernel takes of the machine, in percent of one processor and in bytes. */
export interface UsageReply {
  readonly status: 'ok';
  readonly hostname: string;
  readonly pid: number;
  readonly kernel_cpu: number;
  readonly kernel_memory: number;
  readonly host_cpu_percent: number;
  readonly cpu_count: number;
  readonly host_virtual_memory: Readonly<Record<string, number>>;
}

/** A response of the Debug Adapter Protocol. */
export interface DebugReply extends JsonObject {
  readonly type: 'response';
  readonly request_seq: number;
  readonly command: string;
  readonly success: boolean;
}

/** An event of the Debug Adapter Protocol. */
export interface DebugEventContent extends JsonObject {
  readonly type: 'event';
  readonly event: string;
}

/** To create_subshell_request the new id, to list_subshell_request all, to delete_subshell_request nothing. */
export interface SubshellReply {
  readonly status: 'ok';
  readonly subshell_id?: string | readonly string[];
}

/** Every content that a reply may have. */
export type ReplyContent =
  | ExecuteReply
  | KernelInfoReply
  | CompleteReply
  | InspectReply
  | IsCompleteReply
  | HistoryReply
  | CommInfoReply
  | ShutdownReply
  | UsageReply
  | DebugReply
  | SubshellReply
  | PlainOk
  | ErrorContent;

// ── iopub and stdin ─────────────────────────────────────────────────────────────────────────────────────────────────

export type ExecutionState = 'busy' | 'idle';

interface DisplayContent {
  readonly data: MimeBundle | JsonBytes;
  readonly metadata: JsonObject;
  readonly transient: { readonly display_id?: string };
}

interface CommContent {
  readonly comm_id: string;
  readonly target_name?: string;
  readonly data: unknown;
}

/** The content of each message that is not a reply, by message type. */
export interface Published {
  readonly status: { readonly execution_state: ExecutionState };
  readonly stream: { readonly name: 'stdout' | 'stderr'; readonly text: string };
  readonly display_data: DisplayContent;
  readonly update_display_data: DisplayContent;
  readonly execute_input: { readonly code: string; readonly execution_count: number };
  readonly execute_result: { readonly execution_count: number } & Omit<DisplayContent, 'transient'>;
  readonly error: ErrorReport;
  readonly clear_output: { readonly wait: boolean };
  readonly comm_open: CommContent;
  readonly comm_msg: CommContent;
  readonly comm_close: CommContent;
  readonly debug_event: DebugEventContent;
  readonly iopub_welcome: { readonly subscription: string };
  readonly shutdown_reply: ShutdownReply;
}

export interface InputRequest {
  readonly prompt: string;
  readonly password: boolean;
}
