// Frames ↔ message: [identities…, <IDS|MSG>, signature, header, parent, metadata, content, buffers…].
// The four dicts are signed as the bytes they travel as; the buffers never are.

import { randomBytes } from 'node:crypto';
import { type Channel, type Header, type JsonObject, type Message, PROTOCOL_VERSION } from '../protocol.ts';
import { isLong, LONG_UNITS, readLong, writeLong } from './long-json.ts';
import type { Signer } from './signature.ts';
import type { Outgoing } from './wire.ts';

const DELIMITER = Buffer.from('<IDS|MSG>');
const EMPTY = '{}';
/** A longer text is sent as bytes, which are made once, for the signature and for ZeroMQ. */
const COPIED_UNITS = 8 * 1024;
const DICTS = ['header', 'parent_header', 'metadata', 'content'] as const;

/** Why a message was dropped; the log shows it. */
export class BadMessage extends Error {}

/**
 * A message as frames: those that follow the identities (or the topic), from the delimiter on. The JSON of a short one is
 * text: ZeroMQ copies that, whereas bytes have its thread wake this one, frame by frame, when they are sent.
 */
export interface Sealed {
  readonly frames: (Uint8Array | string)[];
  readonly id: string;
}

/** Makes and reads messages of one session. */
export interface Envelope {
  readonly session: string;
  seal(message: Outgoing): Sealed;
  /** The same with pauses, for a message that is long; else undefined. */
  sealLong(message: Outgoing): Promise<Sealed> | undefined;
  newId(): string;
  /** Throws BadMessage. */
  open(frames: readonly Uint8Array[], channel: Channel): Message;
  /** The same with pauses. Rejects with BadMessage. */
  openLong(frames: readonly Uint8Array[], channel: Channel): Promise<Message>;
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
  const dictsOf = ({ type, id, parent = EMPTY, metadata }: Outgoing, content: Uint8Array | string) => {
    const header = { msg_id: id, session, username, date: microDate(), msg_type: type, version: PROTOCOL_VERSION };
    return [JSON.stringify(header), parent, metadata ? JSON.stringify(metadata) : EMPTY, content];
  };
  const framesOf = (
    signature: string,
    dicts: readonly (Uint8Array | string)[],
    buffers: readonly Uint8Array[] = [],
  ) => [...[DELIMITER, signature, ...dicts], ...buffers];
  const sealLong = async (message: Outgoing, id: string): Promise<Sealed> => {
    const dicts = dictsOf({ ...message, id }, await writeLong(message.content));
    return { frames: framesOf(await signer.signLong(dicts), dicts, message.buffers), id };
  };
  const received = (message: Message): Message => {
    // Most messages come from the client that sent the last one; executions keep identities for a long time.
    if (isSame(message.identities, last)) return { ...message, identities: last };
    last = message.identities;
    return message;
  };
  return {
    session,
    newId,
    seal(message) {
      const { id = newId() } = message;
      const dicts = dictsOf({ ...message, id }, frameOf(JSON.stringify(message.content)));
      return { frames: framesOf(signer.sign(dicts), dicts, message.buffers), id };
    },
    sealLong: (message) => (isLong(message.content) ? sealLong(message, message.id ?? newId()) : undefined),
    open(frames, channel) {
      const parts = partsOf(frames);
      check(signer, parts, signer.sign(parts.dicts));
      const values = parts.dicts.map((part, index) => readDict(part, DICTS[index] as string));
      return received(messageOf(parts, values, channel));
    },
    async openLong(frames, channel) {
      const parts = partsOf(frames);
      check(signer, parts, await signer.signLong(parts.dicts));
      const values: JsonObject[] = [];
      for (const [index, part] of parts.dicts.entries()) values.push(await readLongDict(part, DICTS[index] as string));
      return received(messageOf(parts, values, channel));
    },
  };
}

function isSame(frames: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return (
    frames.length === others.length &&
    frames.every((frame, index) => Buffer.compare(frame, others[index] as Uint8Array) === 0)
  );
}

/** Whether the frames of a received message are long enough to be opened with pauses. */
export function isLongMessage(frames: readonly Uint8Array[]): boolean {
  return lengthOf(frames) > LONG_UNITS;
}

/** How many bytes the frames have together. */
export function lengthOf(frames: readonly Uint8Array[]): number {
  return frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** The frames of a received message by their meaning. */
interface Parts {
  readonly identities: readonly Uint8Array[];
  readonly signature: Uint8Array;
  readonly dicts: readonly Uint8Array[];
  readonly buffers: readonly Uint8Array[];
}

function partsOf(frames: readonly Uint8Array[]): Parts {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0) throw new BadMessage(`no <IDS|MSG> among its ${frames.length} frames`);
  const signature = frames[at + 1];
  const dicts = frames.slice(at + 2, at + 6);
  if (signature === undefined || dicts.length < DICTS.length) {
    throw new BadMessage(`a signature and four dicts should follow <IDS|MSG>, found ${frames.length - at - 1} frames`);
  }
  return { identities: frames.slice(0, at), signature, dicts, buffers: frames.slice(at + 6) };
}

function check(signer: Signer, { signature }: Parts, right: string): void {
  const verdict = signer.check(signature, right);
  if (verdict === 'wrong') throw new BadMessage('its signature does not fit the key');
  if (verdict === 'repeated') throw new BadMessage('it was received before (a replay)');
}

function messageOf({ identities, buffers }: Parts, dicts: readonly JsonObject[], channel: Channel): Message {
  const [header, parentHeader, metadata, content] = dicts as [JsonObject, JsonObject, JsonObject, JsonObject];
  return { channel, identities, header: checkedHeader(header), parentHeader, metadata, content, buffers };
}

function readDict(part: Uint8Array, name: string): JsonObject {
  try {
    return checkedDict(JSON.parse(bufferOf(part).toString('utf8')), name);
  } catch (error) {
    throw notJson(error, name);
  }
}

async function readLongDict(part: Uint8Array, name: string): Promise<JsonObject> {
  const value = await readLong(bufferOf(part)).catch((error: unknown) => {
    throw notJson(error, name);
  });
  return checkedDict(value, name);
}

function notJson(error: unknown, name: string): unknown {
  return error instanceof SyntaxError ? new BadMessage(`its ${name} is not JSON (${error.message})`) : error;
}

function checkedDict(value: unknown, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadMessage(`its ${name} should be an object, found ${Array.isArray(value) ? 'an array' : String(value)}`);
  }
  return value as JsonObject;
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function checkedHeader(header: JsonObject): Header {
  for (const name of ['msg_id', 'msg_type'] as const) {
    if (typeof header[name] !== 'string') {
      throw new BadMessage(`header.${name} should be a string, found ${typeof header[name]}`);
    }
  }
  return { ...header, session: typeof header.session === 'string' ? header.session : '' } as Header;
}

function frameOf(text: string): Uint8Array | string {
  return text.length > COPIED_UNITS ? Buffer.from(text) : text;
}

/** Now, with six decimal places of the second and a zone: jupyter_client reads no more than six. */
function microDate(): string {
  const now = performance.timeOrigin + performance.now();
  const micros = Math.floor((now % 1) * 1000);
  return `${new Date(now).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
