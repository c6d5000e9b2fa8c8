// `cokernel debug-adapter CONNECTION_FILE`: the Debug Adapter Protocol on standard input and output, passed on to a running
// kernel as debug_request on its control channel. There is no port and no token of its own: the key in the connection
// file is the right to debug.

import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { Dealer, Subscriber } from 'zeromq';
import { type Connection, readConnection } from '../wire/connection.ts';
import { clientOptions } from '../wire/encryption.ts';
import { createEnvelope } from '../wire/message.ts';
import { createSigner } from '../wire/signature.ts';

/** Serves one client until it disconnects or its input ends; resolves to the exit code. */
export async function debugAdapter(path: string, input: Readable, output: Writable): Promise<number> {
  const kernel = connect(readConnection(path), (message) => write(output, message));
  try {
    for await (const message of messages(input)) {
      kernel.send(message);
      if (message.command === 'disconnect') await kernel.answered(message.seq);
    }
  } finally {
    kernel.close();
  }
  return 0;
}

/** A message of the protocol, of which only this is looked at. */
interface DapMessage {
  readonly seq?: number;
  readonly type?: string;
  readonly command?: string;
  readonly request_seq?: number;
}

/** A kernel that has gone away does not answer. */
const ANSWER_MS = 3_000;

/** The control and iopub channels of a kernel; `take` is called for each response and event. */
function connect(connection: Connection, take: (message: DapMessage) => void) {
  const envelope = createEnvelope(createSigner(connection.hash, connection.key), randomUUID(), 'debug-adapter');
  const common = { linger: 0, ...clientOptions(connection.curve) };
  const control = new Dealer({ routingId: envelope.session, ...common });
  const iopub = new Subscriber({ receiveHighWaterMark: 0, ...common });
  const waiting = new Map<unknown, () => void>();
  control.connect(connection.addresses.control);
  iopub.connect(connection.addresses.iopub);
  iopub.subscribe('');
  const read = async (socket: Dealer | Subscriber, type: string) => {
    for await (const frames of socket) {
      const { header, content } = envelope.open(frames, 'control');
      if (header.msg_type !== type) continue;
      take(content);
      waiting.get(content.request_seq)?.();
    }
  };
  void read(control, 'debug_reply');
  void read(iopub, 'debug_event');
  let sending: Promise<unknown> = Promise.resolve();
  return {
    send(message: DapMessage) {
      const { frames } = envelope.seal({ type: 'debug_request', content: message });
      sending = sending.then(() => control.send(frames)).catch(() => {});
    },
    answered: (seq: unknown) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ANSWER_MS);
        waiting.set(seq, () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    close() {
      control.close();
      iopub.close();
    },
  };
}

const HEAD_END = '\r\n\r\n';

/** The messages of a client. @throws Error where something else is written */
async function* messages(input: Readable): AsyncGenerator<DapMessage> {
  let held = Buffer.alloc(0);
  for await (const chunk of input) {
    held = Buffer.concat([held, chunk as Buffer]);
    for (;;) {
      const end = held.indexOf(HEAD_END);
      if (end === -1) break;
      const length = lengthIn(held.subarray(0, end).toString('latin1'));
      const from = end + HEAD_END.length;
      if (held.length < from + length) break;
      const text = held.subarray(from, from + length).toString('utf8');
      held = held.subarray(from + length);
      yield JSON.parse(text) as DapMessage;
    }
  }
}

function lengthIn(head: string): number {
  const length = /^Content-Length:\s*(\d+)\s*$/im.exec(head)?.[1];
  if (length === undefined)
    throw new Error(`the input should be the Debug Adapter Protocol, with a Content-Length before each message`);
  return Number(length);
}

function write(output: Writable, message: DapMessage): void {
  const text = JSON.stringify(message);
  output.write(`Content-Length: ${Buffer.byteLength(text)}${HEAD_END}${text}`);
}
