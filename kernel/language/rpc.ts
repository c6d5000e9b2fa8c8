// JSON-RPC with the language server, framed as in LSP. The usual client would cost the kernel 12 ms of loading, just
// when the first completion waits for it, and two writes a message. server.ts decides which messages are sent.

import type { Readable, Writable } from 'node:stream';

export interface Rpc {
  /** Sends a request. Rejects where the server answers with an error, and after `dispose`. */
  request<Answer>(method: string, params: unknown): Promise<Answer>;
  notify(method: string, params: unknown): void;
  /** Rejects all pending requests, and does not use the pipes again. */
  dispose(): void;
}

/** How requests of the server are answered, by method. */
export type Answers = Readonly<Record<string, (params: never) => unknown>>;

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;
/** Longest header in bytes. More bytes without the end of a header are not a message. */
const LONGEST_HEADER_BYTES = 4096;
const HEADER_END = '\r\n\r\n';

/** Speaks with a program that reads `input` and writes `output`. */
export function createRpc(input: Writable, output: Readable, answers: Answers): Rpc {
  const pending = new Map<Message['id'], Pending>();
  let lastId = 0;
  let disposed = false;

  function send(message: Message): void {
    // A server that has just ended takes no messages; server.ts sees its exit.
    if (disposed || !input.writable) return;
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    // Messages sent in one go, such as the opening of all documents, leave in one write.
    if (input.writableCorked === 0) {
      input.cork();
      process.nextTick(() => input.uncork());
    }
    input.write(`Content-Length: ${Buffer.byteLength(text)}${HEADER_END}${text}`);
  }

  function answer({ id, method = '', params }: Message): void {
    if (id === undefined) return;
    const known = answers[method];
    if (known) send({ id, ...outcomeOf(() => known(params as never)) });
    else send({ id, error: { code: METHOD_NOT_FOUND, message: `${method} is not supported` } });
  }

  function take(message: Message): void {
    if (disposed) return;
    if (message.method !== undefined) {
      answer(message);
      return;
    }
    const question = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) question?.reject(new Error(message.error.message));
    else question?.resolve(message.result as never);
  }

  input.on('error', () => {});
  output.on('error', () => {});
  output.on('data', createReader(take));
  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        if (disposed) return reject(new Error('the server is gone'));
        const id = ++lastId;
        pending.set(id, { resolve, reject });
        send({ id, method, params });
      }),
    notify: (method, params) => send({ method, params }),
    dispose() {
      disposed = true;
      for (const { reject } of pending.values()) reject(new Error('the server is gone'));
      pending.clear();
    },
  };
}

/**
 * Cuts a stream into messages. After bytes that are not a message, the rest is dropped, and requests stay unanswered.
 */
function createReader(take: (message: Message) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  /** How many bytes the next message needs; Infinity after bytes that are not a message. */
  let wanted = 1;
  return (chunk) => {
    if (wanted === Infinity) return;
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let rest = Buffer.concat(chunks);
    const messages: Message[] = [];
    for (;;) {
      const header = rest.subarray(0, LONGEST_HEADER_BYTES).indexOf(HEADER_END);
      wanted = header < 0 ? headless(rest) : header + HEADER_END.length + lengthIn(rest.toString('latin1', 0, header));
      if (rest.length < wanted) break;
      const message = parsed(rest.toString('utf8', header + HEADER_END.length, wanted));
      rest = rest.subarray(wanted);
      if (message) messages.push(message);
      else wanted = Infinity;
      if (!message) break;
    }
    chunks = wanted === Infinity ? [] : [rest];
    size = rest.length;
    // Only after the rest is stored: if `take` throws, these messages must not be read again with the next chunk.
    for (const message of messages) take(message);
  };
}

function outcomeOf(answer: () => unknown): Pick<Message, 'result' | 'error'> {
  try {
    return { result: answer() };
  } catch (error) {
    return { error: { code: INTERNAL_ERROR, message: error instanceof Error ? error.message : String(error) } };
  }
}

function headless(rest: Buffer): number {
  return rest.length < LONGEST_HEADER_BYTES ? rest.length + 1 : Infinity;
}

function lengthIn(header: string): number {
  const length = /^content-length: *(\d+)$/im.exec(header)?.[1];
  return length === undefined ? Infinity : Number(length);
}

function parsed(text: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
