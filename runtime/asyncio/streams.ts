// Connections as streams, on Node's sockets: opened, listened for, encrypted. What is read and written on them is in
// stream-reader.ts and stream-writer.ts.

import { createConnection, createServer, isIP, type Server as NodeServer, type Socket } from 'node:net';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import type { Loop } from './engine/loop.ts';
import { ForeignFuture } from './engine/promise.ts';
import { holdOpen } from './hold-open.ts';
import { ConnectionAbortedError, osError } from './os-error.ts';
import { checkLimit, DEFAULT_LIMIT, StreamReader } from './stream-reader.ts';
import { type Encrypted, type Ends, StreamWriter, type TlsOptions } from './stream-writer.ts';

/** How a connection is made. */
export interface ConnectionOptions {
  /** How long a line may be, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/** Where a server listens, or a client connects. */
export type Where = { readonly host: string; readonly port: number } | { readonly path: string };

/** Opens a TCP connection (Python: `asyncio.open_connection`). */
export function openConnection(
  host: string,
  port: number,
  options: ConnectionOptions = {},
): Coroutine<[StreamReader, StreamWriter]> {
  return internal(connecting({ host, port }, options), internalCode('open_connection'));
}

/** Opens a connection through a Unix socket (Python: `asyncio.open_unix_connection`). */
export function openUnixConnection(
  path: string,
  options: ConnectionOptions = {},
): Coroutine<[StreamReader, StreamWriter]> {
  return internal(connecting({ path }, options), internalCode('open_unix_connection'));
}

function* connecting(
  where: Where,
  { limit = DEFAULT_LIMIT }: ConnectionOptions,
): Generator<unknown, [StreamReader, StreamWriter], unknown> {
  checkLimit(limit);
  const loop = getRunningLoop();
  const socket = createConnection({ ...where, allowHalfOpen: true });
  socket.once(
    'close',
    holdOpen(loop, () => void socket.destroy()),
  );
  const future = new ForeignFuture<void>(loop, `connect ${textOf(where)}`);
  socket.once('connect', () => future.done() || future.setResult(undefined));
  socket.on('error', (error) => future.done() || future.setException(osError(error)));
  try {
    yield* future;
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const { reader, writer } = streamsOf(loop, socket, limit, 'client');
  return [reader, writer];
}

function textOf(where: Where): string {
  return 'path' in where ? where.path : `${where.host}:${where.port}`;
}

/** The two ends of a connection. */
export interface Connection {
  readonly reader: StreamReader;
  readonly writer: StreamWriter;
  /** What pictures call its task. */
  readonly name: string;
  /** Calls back once both halves are closed. */
  whenClosed(call: () => void): void;
}

function streamsOf(loop: Loop, socket: Socket, limit: number, side: Side): Connection {
  const reader = new StreamReader(socket, limit);
  const writer = new StreamWriter(socket, endsOf(loop, socket, side), reader);
  const name = `connection ${socket.remotePort ?? ''}`.trimEnd();
  return { reader, writer, name, whenClosed: (call) => void socket.once('close', call) };
}

type Side = 'client' | 'server';

/** Asked at once: a socket forgets its addresses when it closes. */
function endsOf(loop: Loop, socket: Socket, side: Side): Ends {
  const peer = socket.remoteAddress === undefined ? '' : [socket.remoteAddress, socket.remotePort];
  const own = socket.localAddress === undefined ? '' : [socket.localAddress, socket.localPort];
  const known: Readonly<Record<string, unknown>> = { peername: peer, sockname: own, socket };
  const info = (name: string): unknown => known[name];
  return { info, secure: (options) => encrypted(loop, socket, side, options, info) };
}

function encrypted(loop: Loop, socket: Socket, side: Side, options: TlsOptions, info: Ends['info']): Encrypted {
  const { serverHostname: host, ...context } = options as TlsOptions & { ca?: string[] };
  const stream =
    side === 'client'
      ? connect({ socket, ...context, ...(host === undefined ? {} : isIP(host) ? { host } : { servername: host }) })
      : new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(context) });
  const agreed = new ForeignFuture<void>(loop, 'tls handshake');
  const failed = (error: Error): void => void (agreed.done() || agreed.setException(error));
  stream.once(side === 'client' ? 'secureConnect' : 'secure', () => agreed.done() || agreed.setResult(undefined));
  stream.once('error', (error) => failed(osError(error)));
  stream.once('close', () => failed(new ConnectionAbortedError('the connection was closed during the TLS handshake')));
  const known: Readonly<Record<string, () => unknown>> = {
    sslcontext: () => options,
    ssl_object: () => stream,
    peercert: () => stream.getPeerCertificate(),
    cipher: () => stream.getCipher().name,
  };
  return {
    stream,
    ends: { info: (name) => (name in known ? known[name]?.() : info(name)) },
    *handshake() {
      try {
        yield* agreed;
      } catch (error) {
        stream.destroy();
        throw error;
      }
    },
  };
}

/** @internal What a server listens with. */
export class Listener {
  private readonly where: Where;
  private readonly node: NodeServer;
  private readonly loop: Loop;

  constructor(loop: Loop, where: Where, limit: number, accept: (connection: Connection) => void) {
    this.loop = loop;
    this.where = where;
    this.node = createServer({ allowHalfOpen: true }, (socket) => {
      socket.once(
        'close',
        holdOpen(loop, () => void socket.destroy()),
      );
      accept(streamsOf(loop, socket, limit, 'server'));
    });
  }

  *listen(): Generator<unknown, void, unknown> {
    const future = new ForeignFuture<void>(this.loop, `listen ${textOf(this.where)}`);
    this.node.once('error', (error) => future.done() || future.setException(osError(error)));
    this.node.listen(this.where, () => future.done() || future.setResult(undefined));
    try {
      yield* future;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Host and port, or the path; null while it does not listen. */
  address(): readonly [host: string, port: number] | string | null {
    const address = this.node.address();
    return address === null || typeof address === 'string' ? address : [address.address, address.port];
  }

  close(): void {
    this.node.close();
  }
}

markLibrary(openConnection, openUnixConnection);
