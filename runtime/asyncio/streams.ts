// openConnection: a connection as streams. What is read and written on it is in stream-reader.ts and stream-writer.ts.

import { net } from '#host/network';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import { ForeignFuture } from './engine/promise.ts';
import { holdOpen } from './hold-open.ts';
import { osError } from './os-error.ts';
import { type Connection, endsOf, plainConnection, secureConnection } from './socket-streams.ts';
import { checkLimit, DEFAULT_LIMIT, type StreamReader } from './stream-reader.ts';
import type { StreamWriter } from './stream-writer.ts';
import { clientTls, encrypted } from './tls.ts';
import type { TlsContext } from './tls-options.ts';

/** How a connection is made. */
export interface ConnectionOptions {
  /** How long a line may be, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
  /** With TLS: true for Node's own authorities, or what is trusted. */
  readonly ssl?: TlsContext | boolean | undefined;
  /** The name that the server's certificate must carry; default the host. */
  readonly serverHostname?: string | undefined;
  /** How long the TLS handshake may take, in seconds; default 60. */
  readonly sslHandshakeTimeout?: number | undefined;
}

/** Where a client connects. */
type Where = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Opens a TCP connection (Python: `asyncio.open_connection`). The await throws ConnectionRefusedError and such; with TLS
 * SSLCertVerificationError for a certificate that is not to be trusted, and SSLError.
 */
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
  options: ConnectionOptions,
): Generator<unknown, [StreamReader, StreamWriter], unknown> {
  const { limit = DEFAULT_LIMIT } = options;
  checkLimit(limit);
  const tls = clientTls(options, 'host' in where ? where.host : undefined);
  const loop = getRunningLoop();
  const path = 'path' in where ? where.path : undefined;
  const socket = net().createConnection({ ...where, allowHalfOpen: true });
  socket.once(
    'close',
    holdOpen(loop, () => void socket.destroy()),
  );
  const future = new ForeignFuture<void>(loop, `connect ${textOf(where)}`);
  socket.once('connect', () => future.done() || future.setResult(undefined));
  socket.on('error', (error) => future.done() || future.setException(osError(error)));
  let connection: Connection;
  try {
    yield* future;
    if (tls === null) connection = plainConnection(loop, socket, limit, 'client', path);
    else {
      const secured = encrypted(loop, socket, 'client', tls, endsOf(socket, 'client', path).info);
      yield* secured.handshake();
      connection = secureConnection(secured, socket, limit);
    }
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return [connection.reader, connection.writer];
}

function textOf(where: Where): string {
  return 'path' in where ? where.path : `${where.host}:${where.port}`;
}

markLibrary(openConnection, openUnixConnection);
