// The way between the kernel and its clients: ZeroMQ's sockets (sockets.ts), or the messages of JupyterLite (web/lite).

import type { Header, JsonObject, Message } from '../protocol.ts';

/** The parts of an outgoing message. `parent` is the header of its request, as JSON. */
export interface Outgoing {
  readonly type: string;
  /** From `newId`; without one, the message gets an id when it is sealed. */
  readonly id?: string;
  readonly content: unknown;
  readonly parent?: string;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
  /**
   * It belongs to a request that has nothing to do with cells, such as kernel_info, and does not wait while a long
   * message is being written.
   */
  readonly aside?: boolean;
}

/** A request's header as JSON: the parent of every message that the request causes. */
export function parentText(header: Header): string {
  return JSON.stringify(header);
}

/** What the rest of the kernel does with it. */
export interface Wire {
  readonly session: string;
  /**
   * Sends to one client, on the channel and with the identities of its request. Returns the message id. A client that is
   * not connected misses the message, unless `wanted` is given: then it gets it when it connects, if that returns true.
   */
  send(to: Pick<Message, 'channel' | 'identities'>, message: Outgoing, wanted?: () => boolean): string;
  /** Sends to all subscribers. Adjacent stream messages of one parent are merged while they wait to be sent. */
  publish(message: Outgoing): void;
  /** Sends what is queued and closes; of sockets, removes the files of the connection. */
  close(): Promise<void>;
}

/** Who hears of what arrives. */
export interface WireListener {
  readonly receive: (message: Message) => void;
  /** Called for each subscription, repeated ones included, after its welcome was queued. */
  readonly subscribed: () => void;
}

/** Opens one. */
export type OpenWire = (listener: WireListener) => Promise<Wire>;
