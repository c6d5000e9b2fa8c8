// A connection: the reader and the writer on one of Node's sockets, with TLS or without.

import type { Socket } from '#host/network';
import type { Loop } from './engine/loop.ts';
import { StreamReader } from './stream-reader.ts';
import { type Encrypted, type Ends, StreamWriter } from './stream-writer.ts';
import { encrypted, type Side } from './tls.ts';

/** The two ends of a connection. */
export interface Connection {
  readonly reader: StreamReader;
  readonly writer: StreamWriter;
  /** What pictures call its task. */
  readonly name: string;
}

/** @internal A connection without TLS, which may begin later. */
export function plainConnection(loop: Loop, socket: Socket, limit: number, side: Side, path?: string): Connection {
  const { info } = endsOf(socket, side, path);
  const ends: Ends = { info, secure: (options) => encrypted(loop, socket, side, options, info) };
  return connection(socket, ends, socket, limit);
}

/** @internal A connection whose sides have agreed on TLS. */
export function secureConnection({ stream, ends }: Encrypted, socket: Socket, limit: number): Connection {
  return connection(stream as Socket, ends, socket, limit);
}

function connection(stream: Socket, ends: Ends, socket: Socket, limit: number): Connection {
  const reader = new StreamReader(stream, limit);
  const writer = new StreamWriter(stream, ends, reader);
  writer.closeIfForgotten();
  return { reader, writer, name: `connection ${socket.remotePort ?? ''}`.trimEnd() };
}

/**
 * @internal What is known of a socket. Asked at once: a socket forgets its addresses when it closes. `path`: of a Unix
 * socket, which is the server's name; a client has none.
 */
export function endsOf(socket: Socket, side: Side, path = ''): Ends {
  const [theirs, ours] = side === 'client' ? [path, ''] : ['', path];
  const peer = socket.remoteAddress === undefined ? theirs : [socket.remoteAddress, socket.remotePort];
  const own = socket.localAddress === undefined ? ours : [socket.localAddress, socket.localPort];
  const known: Readonly<Record<string, unknown>> = { peername: peer, sockname: own, socket };
  return { info: (name) => known[name] };
}
