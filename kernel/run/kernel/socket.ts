// What KernelConnection takes for a WebSocket to a Jupyter server, over the kernel's own ZeroMQ sockets.
// Only the way of messages; the process behind them is in start.ts.

import type { KernelMessage } from '@jupyterlab/services';
import { Dealer, Subscriber } from 'zeromq';
import type { JsonObject } from '../../protocol.ts';
import type { Connection } from '../../wire/connection.ts';
import { createEnvelope, type Envelope } from '../../wire/message.ts';
import { createOutbox } from '../../wire/outbox.ts';
import { createSigner } from '../../wire/signature.ts';

type Requests = 'shell' | 'control' | 'stdin';
type ChannelName = Requests | 'iopub';

/** A kernel waits for its clients as long as it takes; a client tries again this often until the kernel listens. */
const RECONNECT_MS = 5;

/** Passes messages through as they are: they are put into frames below, not into the text of a WebSocket. */
export const serializer = {
  serialize: (message: KernelMessage.IMessage) => message as unknown as ArrayBuffer,
  deserialize: (data: ArrayBuffer) => data as unknown as KernelMessage.IMessage,
};

/**
 * A class to give to `serverSettings.WebSocket`: each instance is one client of the kernel at that connection.
 * It opens when the kernel's welcome was heard on iopub, so that no output is missed from then on.
 */
export function socketClass(connection: Connection, session: string, username: string): typeof WebSocket {
  return class KernelSocket {
    /** Empty: `serializer` is asked for no particular form. */
    readonly protocol = '';
    binaryType = 'arraybuffer';
    onopen: (() => void) | null = null;
    onmessage: ((event: { readonly data: unknown }) => void) | null = null;
    onclose: ((event: { readonly code: number }) => void) | null = null;
    onerror: (() => void) | null = null;
    readonly #channels = openChannels(connection, session, username, (message) => this.#take(message));

    #take(message: KernelMessage.IMessage): void {
      if ((message.header.msg_type as string) === 'iopub_welcome') this.onopen?.();
      else this.onmessage?.({ data: message });
    }

    send(message: KernelMessage.IMessage): void {
      this.#channels.send(message);
    }

    close(): void {
      this.#channels.close();
      // 1000: on purpose, so that nobody connects again.
      this.onclose?.({ code: 1000 });
    }
  } as unknown as typeof WebSocket;
}

function openChannels(
  connection: Connection,
  session: string,
  username: string,
  take: (message: KernelMessage.IMessage) => void,
) {
  const envelope = createEnvelope(createSigner(connection.hash, connection.key), session, username);
  const dealer = () =>
    new Dealer({ routingId: session, linger: 0, reconnectInterval: RECONNECT_MS, sendHighWaterMark: 0 });
  const requests = { shell: dealer(), control: dealer(), stdin: dealer() };
  const iopub = new Subscriber({ linger: 0, reconnectInterval: RECONNECT_MS, receiveHighWaterMark: 0 });
  for (const name of ['shell', 'control', 'stdin'] as const) {
    requests[name].connect(connection.addresses[name]);
    void listen(requests[name], name, envelope, take);
  }
  iopub.connect(connection.addresses.iopub);
  iopub.subscribe('');
  void listen(iopub, 'iopub', envelope, take);
  const outbox = createOutbox<{ readonly channel: Requests; readonly frames: Uint8Array[] }>(
    ({ channel, frames }) => requests[channel].send(frames),
    () => {}, // Only where the sockets were closed meanwhile.
  );
  return {
    send(message: KernelMessage.IMessage) {
      outbox.push({ channel: message.channel as Requests, frames: sealed(envelope, message) });
    },
    close() {
      for (const socket of [...Object.values(requests), iopub]) socket.close();
    },
  };
}

function sealed(envelope: Envelope, { header, parent_header, metadata, content, buffers }: KernelMessage.IMessage) {
  return envelope.seal({
    type: header.msg_type,
    id: header.msg_id,
    content,
    parent: Buffer.from(JSON.stringify(parent_header ?? {})),
    metadata: metadata as JsonObject,
    buffers: (buffers ?? []).map(asBytes),
  }).frames;
}

function asBytes(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

async function listen(
  socket: Dealer | Subscriber,
  channel: ChannelName,
  envelope: Envelope,
  take: (message: KernelMessage.IMessage) => void,
): Promise<void> {
  for await (const frames of socket) {
    // The envelope's channels are those that requests come in on; iopub goes by the same rules.
    const { header, parentHeader, metadata, content, buffers } = envelope.open(frames, channel as Requests);
    take({
      channel,
      header,
      parent_header: parentHeader,
      metadata,
      content,
      buffers,
    } as unknown as KernelMessage.IMessage);
  }
}
