// Server: listens, and runs a task for each connection. The rules are those of asyncio's base_events.py and streams.py.

import type { Socket } from '#host/network';
import { collectSoon } from './collect.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { CancelledError, RuntimeError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import type { Loop } from './engine/loop.ts';
import { now } from './engine/now.ts';
import { isCoroutine } from './engine/predicates.ts';
import { ForeignFuture } from './engine/promise.ts';
import { repr } from './engine/repr.ts';
import { holdOpen } from './hold-open.ts';
import { type ListenAt, Listener, type SocketName } from './listener.ts';
import type { Connection } from './socket-streams.ts';
import { checkLimit, DEFAULT_LIMIT, type StreamReader } from './stream-reader.ts';
import type { Closer, StreamWriter } from './stream-writer.ts';
import { serverTls } from './tls.ts';
import type { TlsContext, TlsOptions } from './tls-options.ts';

/** What a server does with a connection: a coroutine becomes a task; a plain function is only called. */
export type ConnectionHandler = (reader: StreamReader, writer: StreamWriter) => unknown;

/** How a server is made. */
export interface ServerOptions {
  /** How long a line may be, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
  /** With TLS: the server's certificate and its key. */
  readonly ssl?: TlsContext | undefined;
  /** How long a TLS handshake may take, in seconds; default 60. */
  readonly sslHandshakeTimeout?: number | undefined;
  /** False: it listens only from `startServing` or `serveForever` on. Default true. */
  readonly startServing?: boolean | undefined;
}

/** One of the sockets of a server. */
export interface ServerSocket {
  /** Host and port, or the path. */
  readonly sockname: SocketName;
}

/** What `startServer` gives (Python: `asyncio.Server`). `await using server = …` closes it, and waits for its end. */
export class Server {
  private readonly loop: Loop;
  private readonly listener: Listener;
  private readonly asked: number;
  /** By their sockets; null before the end of the handshake. */
  private readonly connections = new Map<Socket, Closer | null>();
  /** Those whose handlers have ended. */
  private readonly left = new Set<Socket>();
  private readonly waiters = new Set<ForeignFuture<void>>();
  private state: 'made' | 'serving' | 'closed' = 'made';
  private names: readonly SocketName[] = [];
  private forever: Future<void> | null = null;
  private release: () => void = () => {};

  /** @internal */
  constructor(loop: Loop, handle: ConnectionHandler, where: ListenAt, limit: number, tls: TlsOptions | null) {
    this.loop = loop;
    this.asked = 'port' in where ? where.port : 0;
    const begin = this.beginner(handle);
    this.listener = new Listener(loop, where, limit, tls, {
      arrived: (socket) => {
        this.connections.set(socket, null);
        socket.once('close', () => this.closedOne(socket));
      },
      opened: (connection, socket) => {
        this.connections.set(socket, connection.writer.closer);
        begin(connection, socket);
      },
    });
  }

  /** Calls the handler, for the run that makes the server, and with its context variables. */
  private beginner(handle: ConnectionHandler): (connection: Connection, socket: Socket) => void {
    const { loop } = this;
    const group = loop.currentRun();
    const owner = loop.currentOwner();
    const { variables } = now.scope;
    return ({ reader, writer, name }, socket) => {
      const tell = (exception: unknown): void => {
        loop.callExceptionHandler({ message: 'Unhandled exception in client_connected_cb', exception, owner });
        writer.close();
      };
      try {
        const handling = handle(reader, writer);
        if (!isCoroutine(handling)) {
          this.leftOpen(socket);
          return;
        }
        const task = loop.createTask(handling as Coroutine<unknown>, { name, group, owner, context: { variables } });
        task.whenDone(() => {
          if (task.cancelled()) writer.close();
          else if (task.exception() !== null) tell(task.exception());
          else this.leftOpen(socket);
        });
      } catch (error) {
        tell(error);
      }
    };
  }

  /** The TCP port of its first socket; while it does not listen, the one that was asked for. */
  get port(): number {
    const [first] = this.names;
    return first !== undefined && typeof first !== 'string' ? first[1] : this.asked;
  }

  /** The sockets that it listens on; none once it is closed. */
  get sockets(): readonly ServerSocket[] {
    return this.state === 'serving' ? this.names.map((sockname) => ({ sockname })) : [];
  }

  /** The loop that it belongs to. */
  getLoop(): Loop {
    return this.loop;
  }

  /** True while it takes connections. */
  isServing(): boolean {
    return this.state === 'serving';
  }

  /** Takes connections from here on, unless it does already. */
  startServing(): Coroutine<void> {
    return internal(this.starting(), internalCode('start_serving'));
  }

  /** @internal */
  *starting(): Generator<unknown, void, unknown> {
    if (this.state === 'closed') throw new RuntimeError(`server ${this} is closed`);
    if (this.state === 'serving') return;
    this.state = 'serving';
    this.release = holdOpen(this.loop, () => this.close());
    try {
      yield* this.listener.listen();
    } catch (error) {
      this.close();
      throw error;
    }
    this.names = this.listener.names();
  }

  /** Takes connections until it is cancelled; then the server is closed. */
  serveForever(): Coroutine<never> {
    return internal(this.serving(), internalCode('serve_forever'));
  }

  private *serving(): Generator<unknown, never, unknown> {
    if (this.forever !== null) throw new RuntimeError(`server ${this} is already being awaited on serve_forever()`);
    yield* this.starting();
    this.forever = new ForeignFuture<void>(this.loop, 'serve_forever');
    try {
      yield* this.forever;
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      this.close();
      try {
        yield* this.ending();
      } finally {
        // What is thrown is the cancellation, whatever the wait was ended by, as in Python.
        // biome-ignore lint/correctness/noUnsafeFinally: see above.
        throw error;
      }
    } finally {
      this.forever = null;
    }
    throw new RuntimeError('serve_forever() ended');
  }

  /** Takes no more connections. Those that are there go on. */
  close(): void {
    if (this.state === 'closed') return;
    if (this.state === 'serving') this.listener.close();
    this.state = 'closed';
    this.release();
    this.forever?.cancel();
    this.wake();
  }

  /** Closes the connections that are there, once all is written (Python 3.13). */
  closeClients(): void {
    for (const closer of [...this.connections.values()]) closer?.close();
  }

  /** Closes the connections that are there at once (Python 3.13). */
  abortClients(): void {
    for (const [socket, closer] of [...this.connections]) {
      if (closer === null) socket.destroy();
      else closer.abort();
    }
  }

  /** Waits until it is closed, and its last connection too (Python 3.12). */
  waitClosed(): Coroutine<void> {
    return internal(this.ending(), internalCode('wait_closed'));
  }

  private *ending(): Generator<unknown, void, unknown> {
    while (!this.over()) {
      const waiter = new ForeignFuture<void>(getRunningLoop(), 'server.close');
      this.waiters.add(waiter);
      if (this.left.size > 0) collectSoon();
      try {
        yield* waiter;
      } finally {
        this.waiters.delete(waiter);
      }
    }
  }

  /** Its handler has ended without closing it: it is closed once nobody has its writer, as in Python 3.13. */
  private leftOpen(socket: Socket): void {
    if (!this.connections.has(socket)) return;
    this.left.add(socket);
    collectSoon();
  }

  private over(): boolean {
    return this.state === 'closed' && this.connections.size === 0;
  }

  private closedOne(socket: Socket): void {
    this.connections.delete(socket);
    this.left.delete(socket);
    this.wake();
  }

  private wake(): void {
    if (!this.over()) return;
    for (const waiter of this.waiters) if (!waiter.done()) waiter.setResult(undefined);
  }

  toString(): string {
    const texts = this.sockets.map(({ sockname }) => repr(sockname));
    return `<Server sockets=(${texts.join(', ')}${texts.length === 1 ? ',' : ''})>`;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    this.close();
    return this.waitClosed();
  }
}

/**
 * Serves TCP: each connection is a task that runs `handle(reader, writer)` (Python: `asyncio.start_server`). `host`: one or
 * several; null, or '', for all addresses of this machine. Each address of a host gets a socket of its own; with port 0
 * they have different ports.
 */
export function startServer(
  handle: ConnectionHandler,
  host: string | readonly string[] | null,
  port: number,
  options: ServerOptions = {},
): Coroutine<Server> {
  const hosts = typeof host === 'string' || host === null ? [host] : host;
  return internal(making(handle, { hosts, port }, options), internalCode('start_server'));
}

/** Serves a Unix socket, as {@link startServer} does TCP (Python: `asyncio.start_unix_server`). */
export function startUnixServer(
  handle: ConnectionHandler,
  path: string,
  options: ServerOptions = {},
): Coroutine<Server> {
  return internal(making(handle, { path }, options), internalCode('start_unix_server'));
}

function* making(
  handle: ConnectionHandler,
  where: ListenAt,
  options: ServerOptions,
): Generator<unknown, Server, unknown> {
  const { limit = DEFAULT_LIMIT, startServing = true } = options;
  checkLimit(limit);
  const server = new Server(getRunningLoop(), handle, where, limit, serverTls(options));
  if (startServing) yield* server.starting();
  return server;
}

markLibrary(startServer, startUnixServer);
