// A stand-in for KernelConnection's WebSocket to a Jupyter server, over the kernel's own ZeroMQ sockets.
// Only transports messages; the kernel's process is started in launch.ts.

import type { KernelMessage } from '@jupyterlab/services';
import { Dealer, Subscriber } from 'zeromq';
import type { JsonObject } from '../../protocol.ts';
import type { Connection } from '../../wire/connection.ts';
import { clientOptions } from '../../wire/encryption.ts';
import { createEnvelope, type Envelope, type Sealed } from '../../wire/message.ts';
import { createOutbox } from '../../wire/outbox.ts';
import { createSigner } from '../../wire/signature.ts';

type Requests = 'shell' | 'control' | 'stdin';
type ChannelName = Requests | 'iopub';

/** How often a client tries to connect until the kernel listens. */
const RECONNECT_MS = 5;

/** Passes messages through unchanged: they become frames below, not the text of a WebSocket. */
export const serializer = {
  serialize: (message: KernelMessage.IMessage) => message as unknown as ArrayBuffer,
  deserialize: (data: ArrayBuffer) => data as unknown as KernelMessage.IMessage,
};

/**
 * A class for `serverSettings.WebSocket`: each instance is one client of the kernel at that connection.
 * It opens when the kernel's welcome arrives on iopub, so that no later output is missed.
 */
export function socketClass(connection: Connection, session: string, username: string): typeof WebSocket {
  return class KernelSocket {
    /** Empty: `serializer` needs no particular protocol. */
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
      // 1000 means a normal closure, after which nobody reconnects.
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
  const common = { linger: 0, reconnectInterval: RECONNECT_MS, ...clientOptions(connection.curve) };
  const dealer = () => new Dealer({ routingId: session, sendHighWaterMark: 0, ...common });
  const requests = { shell: dealer(), control: dealer(), stdin: dealer() };
  const iopub = new Subscriber({ receiveHighWaterMark: 0, ...common });
  for (const name of ['shell', 'control', 'stdin'] as const) {
    requests[name].connect(connection.addresses[name]);
    void listen(requests[name], name, envelope, take);
  }
  iopub.connect(connection.addresses.iopub);
  iopub.subscribe('');
  void listen(iopub, 'iopub', envelope, take);
  const outbox = createOutbox<{ readonly channel: Requests; readonly frames: Sealed['frames'] }>(
    ({ channel, frames }) => requests[channel].send(frames),
    () => {}, // Sends fail only after the sockets were closed.
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
    parent: JSON.stringify(parent_header ?? {}),
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
    // The envelope's type names only the channels of requests; iopub follows the same rules.
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
