// The iopub socket. Everybody who can connect can subscribe: if that takes too much memory, the socket is closed, which
// frees the memory, and a fresh one is bound. Real clients reconnect by themselves; messages are held for them meanwhile.

import { XPublisher } from 'zeromq';
import { bind } from './bind.ts';
import { type CurveKeys, serverOptions } from './encryption.ts';
import { createHeldQueue, type Frames } from './held-queue.ts';
import { countSubscriptions, LONGEST_TOPIC_BYTES } from './subscriptions.ts';

/** On the wire a subscription is 10 bytes longer than its topic. */
const LONGEST_FRAME_BYTES = LONGEST_TOPIC_BYTES + 10;
/** CURVE's handshake needs more: 257 bytes and the client's properties. */
const LONGEST_CURVE_FRAME_BYTES = 640;
/**
 * How many subscriptions ZeroMQ receives ahead from each client. Before they can be counted here it adds all that it has
 * to its tree, and with more than one it finds new ones again and again.
 */
const RECEIVED_AHEAD = 1;
/** How many subscriptions are counted before everything else gets a turn. */
const BURST = 256;
/**
 * Milliseconds until a closed socket is replaced. Its memory is freed by then, and its clients have received what was
 * sent to them.
 */
const FAREWELL_MS = 250;
/**
 * How many milliseconds messages are held for clients to return. They try every 100 to 200 ms, but on a busy machine, and
 * while a flood goes on, some were back after 1.9 s only.
 */
const PATIENCE_MS = 3000;
/** The same for a kernel that ends. */
const LAST_PATIENCE_MS = 1000;
const BIND_AGAIN_MS = 5;
const LINGER_MS = 1000;

export interface Publisher {
  /** Begins to take subscriptions; `subscribed` is called for each, repeated ones included. */
  start(subscribed: (topic: string) => void): void;
  /** Sends to all subscribers. While the socket is being replaced, the message is held until clients are back. */
  send(frames: Frames): Promise<void>;
  /** Closes the socket, when nothing is held any more. */
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly address: string;
  readonly curve: CurveKeys | undefined;
  readonly log: (line: string) => void;
}

/** Binds the socket. Rejects if the address is taken. */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const { address, curve, log } = options;
  let socket = createSocket(curve);
  let closed = false;
  let subscribed: (topic: string) => void = () => {};
  const queue = createHeldQueue((frames) => socket.send(frames), log);
  const replace = async () => {
    log('iopub: subscriptions take too much memory; the socket is replaced, and its clients reconnect');
    queue.hold();
    // At once, without unbind: before any other call ZeroMQ adds all the subscriptions that arrived meanwhile.
    socket.linger = FAREWELL_MS;
    socket.close();
    await milliseconds(FAREWELL_MS);
    while (!closed) {
      socket = createSocket(curve);
      try {
        await bind(socket, address);
        queue.release(PATIENCE_MS);
        return void attend(socket);
      } catch {
        socket.close();
        await milliseconds(BIND_AGAIN_MS);
      }
    }
  };
  const attend = async (current: XPublisher) => {
    const subscriptions = countSubscriptions();
    let received = 0;
    for await (const [frame] of current) {
      received += 1;
      if (received % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
      // Closed meanwhile: ZeroMQ refuses to be told anything more.
      if (current.closed) return;
      if (frame === undefined) continue;
      if (!subscriptions.count(frame)) return replace();
      if (frame[0] !== 1) continue;
      const topic = frame.toString('utf8', 1);
      // Later, because answering takes longer than counting, and ZeroMQ would add more than is counted in that time.
      setImmediate(() => {
        if (current !== socket || current.closed) return;
        // Front ends subscribe to everything, so one of them is back.
        if (topic === '') queue.release();
        subscribed(topic);
      });
    }
  };
  await bind(socket, address).catch((error) => {
    socket.close();
    throw error;
  });
  return {
    start(callback) {
      subscribed = callback;
      void attend(socket);
    },
    send: queue.send,
    async close() {
      await Promise.race([queue.released(), milliseconds(LAST_PATIENCE_MS)]);
      closed = true;
      socket.close();
    },
  };
}

function createSocket(curve: CurveKeys | undefined): XPublisher {
  const socket = new XPublisher({
    linger: LINGER_MS,
    // 0: no limit. With ZeroMQ's default of 1,000, XPUB drops messages for a subscriber that is slow to take them.
    sendHighWaterMark: 0,
    receiveHighWaterMark: RECEIVED_AHEAD,
    maxMessageSize: curve === undefined ? LONGEST_FRAME_BYTES : LONGEST_CURVE_FRAME_BYTES,
    ...serverOptions(curve),
  });
  socket.verbosity = 'allSubs';
  return socket;
}

function milliseconds(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}
