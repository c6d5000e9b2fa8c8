// In the place of the five sockets: the messages that JupyterLite passes to a kernel in its page, and takes from it.

import { randomId } from '#host/random-id';
import { type Channel, type Header, type JsonObject, PROTOCOL_VERSION } from '../../protocol.ts';
import type { OpenWire, Outgoing, WireListener } from '../../wire/wire.ts';
import type { LiteMessage } from './jupyterlite.ts';

/** The page's end of it. */
export interface LiteWire {
  readonly open: OpenWire;
  /** Takes a message of the page. */
  deliver(message: LiteMessage): void;
}

/** Makes it for a kernel of that id. */
export function createLiteWire(kernel: string, send: (message: LiteMessage) => void): LiteWire {
  let listener: WireListener | undefined;
  /** The newest client: JupyterLite drops what names none, and what has no parent is for all. */
  let client: string | undefined;
  let closed = false;
  const post = (
    channel: Channel | 'iopub',
    { type, content, parent, metadata = {}, buffers = [] }: Outgoing,
  ): string => {
    const id = randomId();
    const parentHeader = parent === undefined ? {} : (JSON.parse(parent) as Header);
    const session = 'session' in parentHeader ? parentHeader.session : client;
    if (session === undefined || closed) return id;
    const header = {
      msg_id: id,
      msg_type: type,
      session,
      username: kernel,
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const message = { channel, header, parent_header: parentHeader, metadata, content, buffers: buffers.map(viewOf) };
    send(message as unknown as LiteMessage);
    return id;
  };
  return {
    async open(given) {
      listener = given;
      return {
        session: kernel,
        send: ({ channel }, message) => post(channel, message),
        publish: (message) => void post('iopub', message),
        async close() {
          closed = true;
        },
      };
    },
    deliver(message) {
      const { header, parent_header, metadata, content, channel, buffers = [] } = message;
      const isNew = header.session !== client;
      client = header.session;
      listener?.receive({
        channel: channel as Channel,
        identities: [],
        header: header as unknown as Header,
        parentHeader: parent_header as JsonObject,
        metadata: metadata as JsonObject,
        content: content as JsonObject,
        buffers: buffers.map(bytesOf),
      });
      if (isNew) listener?.subscribed();
    },
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer as ArrayBuffer, byteOffset, byteLength);
}

function bytesOf(given: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(given)
    ? new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength)
    : new Uint8Array(given);
}
