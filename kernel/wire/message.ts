// Frames ↔ message: [identities…, <IDS|MSG>, signature, header, parent, metadata, content, buffers…].
// The four dicts are signed as the bytes they travel as; the buffers never are.

import { randomBytes } from 'node:crypto';
import { type Channel, type Header, type JsonObject, type Message, PROTOCOL_VERSION } from '../protocol.ts';
import type { Signer } from './signature.ts';

const DELIMITER = Buffer.from('<IDS|MSG>');
const EMPTY = Buffer.from('{}');
const DICTS = ['header', 'parent_header', 'metadata', 'content'] as const;

/** Why a message was dropped; the log shows it. */
export class BadMessage extends Error {}

/** The parts of an outgoing message. `parent` is the header of its request, as JSON bytes. */
export interface Outgoing {
  readonly type: string;
  /** From `newId`; without one, the message gets an id when it is sealed. */
  readonly id?: string;
  readonly content: unknown;
  readonly parent?: Uint8Array;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
}

/** Makes and reads messages of one session. */
export interface Envelope {
  readonly session: string;
  /** The frames that follow the identities (or the topic), from the delimiter on. */
  seal(message: Outgoing): { readonly frames: Uint8Array[]; readonly id: string };
  newId(): string;
  /** Throws BadMessage. */
  open(frames: readonly Uint8Array[], channel: Channel): Message;
}

/**
 * The envelope of one session. The kernel uses one for everything it sends: JupyterLab drops other sessions' messages.
 */
export function createEnvelope(signer: Signer, session: string, username: string): Envelope {
  // A restarted kernel may get the same session id again, so a counter alone would repeat message ids.
  const prefix = `${session}_${randomBytes(6).toString('hex')}_`;
  let sent = 0;
  let last: readonly Uint8Array[] = [];
  const newId = () => {
    sent += 1;
    return prefix + sent;
  };
  return {
    session,
    newId,
    seal({ type, content, id = newId(), parent = EMPTY, metadata, buffers = [] }) {
      const header = { msg_id: id, session, username, date: microDate(), msg_type: type, version: PROTOCOL_VERSION };
      const dicts = [bytes(header), parent, metadata ? bytes(metadata) : EMPTY, bytes(content)];
      return { frames: [DELIMITER, Buffer.from(signer.sign(dicts), 'latin1'), ...dicts, ...buffers], id };
    },
    open(frames, channel) {
      const message = open(frames, channel, signer);
      // Most messages come from the client that sent the last one; executions keep identities for a long time.
      if (isSame(message.identities, last)) return { ...message, identities: last };
      last = message.identities;
      return message;
    },
  };
}

function isSame(frames: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return (
    frames.length === others.length &&
    frames.every((frame, index) => Buffer.compare(frame, others[index] as Uint8Array) === 0)
  );
}

/**
 * A request's header as bytes: the parent of every message that the request causes. In memory of its own, because it is
 * kept for a long time: a slice of Node's pool would keep 64 KiB of other messages with it.
 */
export function parentBytes(header: Header): Uint8Array {
  const text = JSON.stringify(header);
  const own = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  own.write(text);
  return own;
}

function open(frames: readonly Uint8Array[], channel: Channel, signer: Signer): Message {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0) throw new BadMessage(`no <IDS|MSG> among its ${frames.length} frames`);
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2, at + 6);
  if (signature === undefined || parts.length < DICTS.length) {
    throw new BadMessage(`a signature and four dicts should follow <IDS|MSG>, found ${frames.length - at - 1} frames`);
  }
  const verdict = signer.check(signature, parts);
  if (verdict === 'wrong') throw new BadMessage('its signature does not fit the key');
  if (verdict === 'repeated') throw new BadMessage('it was received before (a replay)');
  const [header, parentHeader, metadata, content] = parts.map((part, index) => dict(part, DICTS[index] as string));
  return {
    channel,
    identities: frames.slice(0, at),
    header: checkedHeader(header as JsonObject),
    parentHeader: parentHeader as JsonObject,
    metadata: metadata as JsonObject,
    content: content as JsonObject,
    buffers: frames.slice(at + 6),
  };
}

function dict(part: Uint8Array, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('utf8'));
  } catch (error) {
    throw new BadMessage(`its ${name} is not JSON (${(error as Error).message})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadMessage(`its ${name} should be an object, found ${Array.isArray(value) ? 'an array' : String(value)}`);
  }
  return value as JsonObject;
}

function checkedHeader(header: JsonObject): Header {
  for (const name of ['msg_id', 'msg_type'] as const) {
    if (typeof header[name] !== 'string') {
      throw new BadMessage(`header.${name} should be a string, found ${typeof header[name]}`);
    }
  }
  return { ...header, session: typeof header.session === 'string' ? header.session : '' } as Header;
}

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Now, with six decimal places of the second and a zone: jupyter_client reads no more than six. */
function microDate(): string {
  const now = performance.timeOrigin + performance.now();
  const micros = Math.floor((now % 1) * 1000);
  return `${new Date(now).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
