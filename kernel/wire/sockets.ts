// The five ZeroMQ sockets: binds, reads, writes and closes them. What the messages mean is in requests/.

import { rm, rmdir } from 'node:fs/promises';
import { Router } from 'zeromq';
import { randomId } from '#host/random-id';
import { messageLine, traceLog } from '../../runtime/trace-log.ts';
import type { Channel, Message } from '../protocol.ts';
import { bind } from './bind.ts';
import type { Connection } from './connection.ts';
import { type CurveKeys, serverOptions } from './encryption.ts';
import { createHoldBack } from './hold-back.ts';
import { createEnvelope, type Envelope, isLongMessage, lengthOf, type Sealed } from './message.ts';
import { createOutbox } from './outbox.ts';
import { openPublisher } from './publisher.ts';
import { createSigner } from './signature.ts';
import type { Outgoing, Wire, WireListener } from './wire.ts';

/** Adjacent stream messages are merged up to this length: with more, clients show the first text late. */
const MERGED_TEXT_UNITS = 256 * 1024;
/** How many messages of a client that sends hundreds at once are read before everything else gets a turn. */
const BURST = 8;
/**
 * The longest frame of a request, in bytes. ZeroMQ ends the connection of whoever sends more: it reads a whole message
 * into memory before its signature can be checked.
 */
const LONGEST_FRAME_BYTES = 256 * 1024 * 1024;
/** The longest frame of a heartbeat, which is usually a few bytes. */
const LONGEST_BEAT_BYTES = 64 * 1024;
/**
 * How many messages ZeroMQ receives ahead from each client. Beyond that they wait on the client's side, so that nothing is
 * lost, and whoever sends faster than the kernel reads takes no memory of it, with the key or without.
 */
const RECEIVED_AHEAD = 4;
/**
 * How many bytes of long messages, and of what their senders sent after them, are read at a time on a channel, with pauses
 * and before anybody knows whether they are signed. A single message may be longer. While it is full, the channel waits.
 */
const READ_AHEAD_BYTES = 16 * 1024 * 1024;
/** How many heartbeats wait for a client to take them; more are dropped. Clients send one and wait for it. */
const BEATS_WAITING = 4;
/** As many as there are: who has the key gets every reply, however slowly it reads. */
const NO_LIMIT = 0;
/** A message for a client that is not connected yet is tried again after this long. */
const RETRY_MS = 20;
/** How many dropped messages in a row have a line each in the log; after them each power of two has. */
const ALL_LOGGED = 16;
const ROUTERS = ['hb', 'shell', 'control', 'stdin'] as const;

interface WireOptions extends WireListener {
  readonly connection: Connection;
  readonly log: (line: string) => void;
}

/** Binds all five sockets. Rejects if an address is taken, so that the server can try again with other ports. */
export async function openSockets(options: WireOptions): Promise<Wire> {
  const { connection, log } = options;
  const signer = createSigner(connection.hash, connection.key);
  const session = connection.session ?? randomId();
  const envelope = createEnvelope(signer, session, process.env.USER ?? process.env.USERNAME ?? 'kernel');
  const routers = {
    hb: router(connection.curve, LONGEST_BEAT_BYTES, BEATS_WAITING),
    shell: router(connection.curve, LONGEST_FRAME_BYTES, NO_LIMIT),
    control: router(connection.curve, LONGEST_FRAME_BYTES, NO_LIMIT),
    stdin: router(connection.curve, LONGEST_FRAME_BYTES, NO_LIMIT),
  };
  const closeRouters = () => {
    for (const socket of Object.values(routers)) socket.close();
  };
  const iopub = await openPublisher({ address: connection.addresses.iopub, curve: connection.curve, log });
  try {
    for (const name of ROUTERS) await bind(routers[name], connection.addresses[name]);
  } catch (error) {
    closeRouters();
    await iopub.close();
    throw error;
  }
  // One queue for all channels, so that a cell's outputs leave before its reply, and its idle after it.
  const outbox = createOutbox<Posted>(async ({ channel, prefix, message, wanted, long }) => {
    const sealed = long ?? envelope.seal(message);
    traceLog.wire?.(messageLine('out', channel, { ...message, id: sealed.id }, sealed.frames));
    const frames = [...prefix, ...sealed.frames];
    if (channel === 'iopub') return iopub.send(frames);
    const delivered = await deliver(routers[channel], frames);
    if (delivered || wanted === undefined) return;
    log(`${message.type} waits until its client connects on ${channel}`);
    // Aside, so that what is for other clients goes on.
    void (async () => {
      do await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      while (!routers[channel].closed && wanted() && !(await deliver(routers[channel], frames)));
    })().catch((error) => log(`a message could not be sent: ${String(error)}`));
  }, log);
  const posts = createHoldBack<Posted>({
    pass: outbox.push,
    prepare: (posted) => envelope.sealLong(posted.message)?.then((long) => ({ ...posted, long })),
    isAside: ({ message }) => message.aside === true,
    log,
  });
  const publish = (message: Outgoing) => {
    if (message.type === 'stream' && merged(posts.last() ?? outbox.last(), message)) return;
    const prefix = [`kernel.${session}.${message.type}`];
    posts.push({ channel: 'iopub', prefix, message: { ...message } });
  };
  iopub.start((topic) => {
    // JEP 65: a client misses nothing that is published after its welcome.
    const message = { type: 'iopub_welcome', content: { subscription: topic } };
    outbox.pushFirst({ channel: 'iopub', prefix: [topic], message });
    options.subscribed();
  });
  void echo(routers.hb, log);
  for (const channel of ['control', 'shell', 'stdin'] as const) {
    void read(routers[channel], channel, envelope, options);
  }
  return {
    session,
    send({ channel, identities }, message, wanted) {
      const id = envelope.newId();
      posts.push({ channel, prefix: identities, message: { ...message, id }, ...(wanted && { wanted }) });
      return id;
    },
    publish,
    async close() {
      await posts.passed();
      await outbox.flushed();
      await iopub.close();
      closeRouters();
      await removeFiles(connection);
    },
  };
}

/**
 * Without `handover` a client that reconnects with the same identity is never heard. `linger` is in milliseconds: with
 * 0 the last messages before the exit are lost. Without `mandatory`, what is for a client that is not connected vanishes
 * without an error; without `sendTimeout` it would keep the outbox waiting.
 */
function router(curve: CurveKeys | undefined, maxMessageSize: number, sendHighWaterMark: number): Router {
  const strict = { mandatory: true, sendTimeout: 0 };
  const marks = { sendHighWaterMark, receiveHighWaterMark: RECEIVED_AHEAD };
  return new Router({ linger: 1000, handover: true, ...strict, ...marks, maxMessageSize, ...serverOptions(curve) });
}

/** Returns false if the client is not connected to the socket. */
async function deliver(socket: Router, frames: readonly (Uint8Array | string)[]): Promise<boolean> {
  try {
    await socket.send([...frames]);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EHOSTUNREACH') return false;
    throw error;
  }
}

async function removeFiles({ files, folder }: Connection): Promise<void> {
  await Promise.all(files.map((file) => rm(file, { force: true })));
  // Fails, as it should, if somebody else put a file there.
  if (folder !== undefined) await rmdir(folder).catch(() => {});
}

/** By hand, because ZeroMQ's Proxy from a socket to itself crashes the process. */
async function echo(socket: Router, log: (line: string) => void): Promise<void> {
  for await (const frames of inTurns(socket)) {
    await deliver(socket, frames).catch((error: NodeJS.ErrnoException) => {
      // EAGAIN: the client does not take what it was sent.
      if (error.code !== 'EAGAIN') log(`a heartbeat could not be sent: ${error.message}`);
    });
  }
}

/** What the socket receives; everything else gets a turn now and then. */
async function* inTurns(socket: Router): AsyncGenerator<Buffer[]> {
  let received = 0;
  for await (const frames of socket) {
    received += 1;
    // While messages are waiting, the iterator yields them without a pass of the event loop in between.
    if (received % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
    yield frames;
  }
}

/** A queued message: `prefix` is what precedes its delimiter, the client's identities or the topic. */
interface Posted {
  readonly channel: Channel | 'iopub';
  readonly prefix: readonly (Uint8Array | string)[];
  /** See Wire.send. */
  readonly wanted?: () => boolean;
  readonly message: Outgoing & { content: unknown };
  /** The message's frames where it is long: making them took a while. */
  readonly long?: Sealed;
}

interface Text {
  readonly name: string;
  readonly text: string;
}

/** Appends stream text to the last queued message if that has the same stream and parent. Returns whether it did. */
function merged(posted: Posted | undefined, next: Outgoing): boolean {
  const last = posted?.message;
  if (last?.type !== 'stream' || last.parent !== next.parent) return false;
  const [before, after] = [last.content as Text, next.content as Text];
  if (before.name !== after.name || before.text.length + after.text.length > MERGED_TEXT_UNITS) return false;
  last.content = { name: before.name, text: before.text + after.text };
  return true;
}

async function read(socket: Router, channel: Channel, envelope: Envelope, options: WireOptions): Promise<void> {
  /** Messages that were dropped since the last message of somebody who has the key. */
  let dropped = 0;
  const take = (message: Message, frames: readonly Uint8Array[]) => {
    const { msg_type: type, msg_id: id } = message.header;
    traceLog.wire?.(messageLine('in', channel, { type, id, content: message.content }, frames));
    dropped = 0;
    options.receive(message);
  };
  const drop = (error: unknown) => {
    dropped += 1;
    // Whoever has no key must not fill the disk with log.
    if (dropped > ALL_LOGGED && (dropped & (dropped - 1)) !== 0) return;
    const which = dropped > ALL_LOGGED ? `message ${dropped} in a row` : 'a message';
    options.log(`dropped ${which} on ${channel}: ${error instanceof Error ? error.message : String(error)}`);
  };
  /** What is still being read of clients that sent a long message: what they send next comes after it. */
  const reading = new Map<string, Promise<void>>();
  let readingBytes = 0;
  const takeAfter = async (sender: string, frames: readonly Uint8Array[]) => {
    const bytes = lengthOf(frames);
    while (reading.size > 0 && readingBytes + bytes > READ_AHEAD_BYTES) await Promise.race(reading.values());
    readingBytes += bytes;
    const done: Promise<void> = (reading.get(sender) ?? Promise.resolve())
      .then(async () => take(await envelope.openLong(frames, channel), frames))
      .catch(drop)
      .then(() => {
        readingBytes -= bytes;
        if (reading.get(sender) === done) reading.delete(sender);
      });
    reading.set(sender, done);
  };
  for await (const frames of inTurns(socket)) {
    const sender = String(frames[0]?.toString('latin1'));
    if (reading.has(sender) || isLongMessage(frames)) {
      await takeAfter(sender, frames);
      continue;
    }
    try {
      take(envelope.open(frames, channel), frames);
    } catch (error) {
      drop(error);
    }
  }
}
