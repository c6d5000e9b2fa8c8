// TLS on a connection: the handshake, and what is known after it. The rules are those of asyncio's sslproto.py.

import { clearTimeout, setTimeout } from '#host/native-timers';
import { net, type SecureContext, type Socket, type TLSSocket, tls } from '#host/network';
import { ValueError } from './engine/errors.ts';
import type { Loop } from './engine/loop.ts';
import { ForeignFuture } from './engine/promise.ts';
import { repr } from './engine/repr.ts';
import { ConnectionAbortedError, ConnectionResetError } from './os-error.ts';
import { connectionError } from './ssl-error.ts';
import type { Encrypted, Ends } from './stream-writer.ts';
import type { TlsContext, TlsOptions } from './tls-options.ts';

/** Seconds of real time, whatever the loop's clock: the other end is outside. */
const HANDSHAKE_TIMEOUT = 60;

/** Which end of a connection this is. */
export type Side = 'client' | 'server';

/** @internal Begins TLS on a socket. `info`: what is known of the connection without it. */
export function encrypted(
  loop: Loop,
  socket: Socket,
  side: Side,
  options: Prepared,
  info: Ends['info'],
): Encrypted & { readonly stream: TLSSocket } {
  const { serverHostname, sslHandshakeTimeout = HANDSHAKE_TIMEOUT, secureContext, ...context } = options;
  const stream =
    side === 'client' ? asClient(socket, context, serverHostname) : asServer(socket, context, secureContext);
  const known: Record<string, unknown> = { sslcontext: context, ssl_object: stream };
  const agreed = new ForeignFuture<void>(loop, 'tls handshake');
  const settle = (error: Error | null): void => {
    clearTimeout(timer);
    if (agreed.done()) return;
    if (error === null) agreed.setResult(undefined);
    else agreed.setException(error);
  };
  const timer = setTimeout(() => {
    const text = `SSL handshake is taking longer than ${sslHandshakeTimeout} seconds: aborting the connection`;
    settle(new ConnectionAbortedError(text));
    stream.destroy();
  }, sslHandshakeTimeout * 1000);
  stream.once(side === 'client' ? 'secureConnect' : 'secure', () => {
    // Asked at once: Node forgets them when the connection closes.
    known.peercert = stream.getPeerCertificate();
    known.cipher = stream.getCipher().name;
    settle(null);
  });
  stream.on('error', (error) => settle(connectionError(error)));
  stream.once('close', () => settle(new ConnectionResetError('the connection was closed during the TLS handshake')));
  // Neither end of TLS stays open alone: what this side has still to write is written, then it closes too.
  stream.once('end', () => stream.destroySoon());
  return {
    stream,
    agreed,
    ends: { info: (name) => known[name] ?? info(name) },
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

function asClient(socket: Socket, context: TlsContext, host: string | undefined): TLSSocket {
  const { checkHostname = true, rejectUnauthorized = true, ...rest } = context as TlsContext & { ca?: string[] };
  if (host === undefined && checkHostname && rejectUnauthorized) {
    throw new ValueError('check_hostname requires server_hostname');
  }
  try {
    return tls().connect({
      socket,
      ...rest,
      rejectUnauthorized,
      ...(host === undefined ? {} : net().isIP(host) ? { host } : { servername: host }),
      ...(checkHostname ? {} : { checkServerIdentity: () => undefined }),
    });
  } catch (error) {
    throw connectionError(error as Error);
  }
}

function asServer(socket: Socket, context: TlsContext, prepared?: SecureContext): TLSSocket {
  const { TLSSocket } = tls();
  return new TLSSocket(socket, { isServer: true, secureContext: prepared ?? prepare(context) });
}

/** Options whose certificates have been read. */
type Prepared = TlsOptions & { readonly secureContext?: SecureContext };

function prepare(context: TlsContext): SecureContext {
  try {
    return tls().createSecureContext(context as TlsContext & { ca?: string[] });
  } catch (error) {
    throw connectionError(error as Error);
  }
}

/** @internal The options of a server's `ssl`. @throws what Python throws where they do not fit together. */
export function serverTls({ ssl, sslHandshakeTimeout }: ServerSecurity): Prepared | null {
  if (typeof ssl === 'boolean') {
    throw new TypeError(`ssl must be an object with a certificate and its key, not ${repr(ssl)}`);
  }
  checkTimeout(sslHandshakeTimeout, ssl !== undefined && ssl !== null);
  return ssl === undefined || ssl === null ? null : { ...ssl, sslHandshakeTimeout, secureContext: prepare(ssl) };
}

interface ServerSecurity {
  readonly ssl?: TlsContext | null | undefined;
  readonly sslHandshakeTimeout?: number | undefined;
}

/** @internal As {@link serverTls}, of a client. `host`: the name that a certificate must carry unless said otherwise. */
export function clientTls(
  { ssl, serverHostname, sslHandshakeTimeout }: ClientSecurity,
  host: string | undefined,
): TlsOptions | null {
  const wanted = ssl !== undefined && ssl !== null && ssl !== false;
  if (serverHostname !== undefined && !wanted) throw new ValueError('server_hostname is only meaningful with ssl');
  checkTimeout(sslHandshakeTimeout, wanted);
  if (!wanted) return null;
  const name = serverHostname ?? host;
  if (name === undefined || (name === '' && serverHostname === undefined)) {
    throw new ValueError('You must set server_hostname when using ssl without a host');
  }
  return { ...(ssl === true ? {} : ssl), serverHostname: name, sslHandshakeTimeout };
}

interface ClientSecurity {
  readonly ssl?: TlsContext | boolean | null | undefined;
  readonly serverHostname?: string | undefined;
  readonly sslHandshakeTimeout?: number | undefined;
}

function checkTimeout(seconds: number | undefined, withTls: boolean): void {
  if (seconds === undefined) return;
  if (!withTls) throw new ValueError('ssl_handshake_timeout is only meaningful with ssl');
  if (!(seconds > 0)) throw new ValueError(`ssl_handshake_timeout should be a positive number, got ${seconds}`);
}
