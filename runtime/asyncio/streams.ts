// Streams: bytes from and to sockets and processes, awaited in pieces. Thin on Node's own streams.

import { createConnection, createServer, type Server as NodeServer, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { RuntimeError, ValueError } from './engine/errors.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import { ForeignFuture } from './engine/promise.ts';

/** A reader stops its source beyond so many bytes, as asyncio's does at twice its limit. */
const LIMIT = 128 * 1024;
const READ = internalCode('read');
const NEWLINE = 10;

/** The stream ended before what was asked for (Python: `asyncio.IncompleteReadError`). */
export class IncompleteReadError extends RuntimeError {
  /** What there was. */
  readonly partial: Buffer;
  /** How many bytes were asked for; null if it was a line. */
  readonly expected: number | null;

  constructor(partial: Buffer, expected: number | null) {
    super(`${partial.length} bytes read on a total of ${expected ?? 'undefined'} expected bytes`);
    this.partial = partial;
    this.expected = expected;
  }
}

Object.defineProperty(IncompleteReadError.prototype, 'name', { value: 'IncompleteReadError', configurable: true });

/** Reads bytes as they come (Python: `asyncio.StreamReader`). Iterated, it gives lines. */
export class StreamReader {
  private readonly source: Readable;
  private held: Buffer[] = [];
  private size = 0;
  private ended = false;
  private failure: Error | null = null;
  private waiter: ForeignFuture<void> | null = null;

  constructor(source: Readable) {
    this.source = source;
    source.on('data', (chunk: Buffer | string) => this.feed(Buffer.from(chunk as Buffer)));
    source.once('end', () => this.end(null));
    source.once('close', () => this.end(null));
    source.once('error', (error) => this.end(error));
  }

  private feed(chunk: Buffer): void {
    this.held.push(chunk);
    this.size += chunk.length;
    if (this.size > LIMIT) this.source.pause();
    this.wake();
  }

  private end(error: Error | null): void {
    this.ended = true;
    this.failure ??= error;
    this.wake();
  }

  private wake(): void {
    const { waiter } = this;
    this.waiter = null;
    if (waiter !== null && !waiter.done()) waiter.setResult(undefined);
  }

  private *more(): Generator<unknown, void, unknown> {
    if (this.failure !== null) throw this.failure;
    if (this.waiter !== null) {
      throw new RuntimeError('read() called while another coroutine is already waiting for incoming data');
    }
    this.source.resume();
    this.waiter = new ForeignFuture<void>(getRunningLoop(), 'stream.read');
    try {
      yield* this.waiter;
    } finally {
      this.waiter = null;
    }
  }

  private take(count: number): Buffer {
    const all = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held, this.size);
    this.held = count < all.length ? [all.subarray(count)] : [];
    this.size = Math.max(0, all.length - count);
    return all.subarray(0, count);
  }

  /** True if the stream ended and everything was read. */
  atEof(): boolean {
    return this.ended && this.size === 0;
  }

  /** Up to `n` bytes, as soon as there are some; without `n`, all until the end. Empty at the end. */
  read(n = -1): Coroutine<Buffer> {
    return internal(this.reading(n), READ);
  }

  private *reading(n: number): Generator<unknown, Buffer, unknown> {
    if (n === 0) return Buffer.alloc(0);
    while (!this.ended && (n < 0 || this.size === 0)) yield* this.more();
    if (this.size === 0 && this.failure !== null) throw this.failure;
    return this.take(n < 0 ? this.size : n);
  }

  /** Exactly `n` bytes. @throws IncompleteReadError. */
  readexactly(n: number): Coroutine<Buffer> {
    if (n < 0) throw new ValueError('readexactly size can not be less than zero');
    return internal(this.exactly(n), READ);
  }

  private *exactly(n: number): Generator<unknown, Buffer, unknown> {
    while (this.size < n) {
      if (this.ended) throw this.failure ?? new IncompleteReadError(this.take(this.size), n);
      yield* this.more();
    }
    return this.take(n);
  }

  /** One line with its newline; at the end of the stream, what is left. */
  readline(): Coroutine<Buffer> {
    return internal(this.line(), READ);
  }

  private *line(): Generator<unknown, Buffer, unknown> {
    let searched = 0;
    for (;;) {
      let before = 0;
      for (const [at, chunk] of this.held.entries()) {
        const found = at < searched ? -1 : chunk.indexOf(NEWLINE);
        if (found >= 0) return this.take(before + found + 1);
        before += chunk.length;
      }
      searched = this.held.length;
      if (this.ended) return this.take(this.size);
      yield* this.more();
    }
  }

  /** Lines, with their newlines. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer, undefined> {
    const next = function* (reader: StreamReader): Generator<unknown, IteratorResult<Buffer, undefined>, unknown> {
      const line = yield* reader.line();
      return line.length === 0 ? { done: true, value: undefined } : { done: false, value: line };
    };
    return { next: (() => internal(next(this), READ)) as unknown as () => Promise<IteratorResult<Buffer, undefined>> };
  }
}

/** Writes bytes (Python: `asyncio.StreamWriter`). */
export class StreamWriter {
  private readonly target: Writable;
  private failure: Error | null = null;

  constructor(target: Writable) {
    this.target = target;
    target.on('error', (error) => {
      this.failure = error;
    });
  }

  /** Writes without waiting; a string as UTF-8. Follow it with `drain` if you write much. */
  write(data: Uint8Array | string): void {
    this.target.write(data);
  }

  /** Writes each of them without waiting. */
  writelines(lines: Iterable<Uint8Array | string>): void {
    for (const line of lines) this.target.write(line);
  }

  /** Waits until the buffer has room again. */
  drain(): Coroutine<void> {
    return internal(this.draining(), internalCode('drain'));
  }

  private *draining(): Generator<unknown, void, unknown> {
    if (this.failure !== null) throw this.failure;
    if (this.target.writableNeedDrain) yield* this.until('stream.drain', 'drain');
  }

  /** Ends the stream: nothing more will be written. */
  writeEof(): void {
    this.target.end();
  }

  /** Ends the stream once everything was written. */
  close(): void {
    this.target.end();
  }

  /** True once it was closed. */
  isClosing(): boolean {
    return this.target.writableEnded || this.target.destroyed;
  }

  /** Waits until it is closed. */
  waitClosed(): Coroutine<void> {
    return internal(this.closing(), internalCode('wait_closed'));
  }

  private *closing(): Generator<unknown, void, unknown> {
    if (!this.target.closed && !this.target.destroyed) yield* this.until('stream.close', 'close');
    if (this.failure !== null) throw this.failure;
  }

  private *until(label: string, event: 'drain' | 'close'): Generator<unknown, void, unknown> {
    const future = new ForeignFuture<void>(getRunningLoop(), label);
    const settle = (): void => {
      if (!future.done()) future.setResult(undefined);
    };
    const events = [event, 'error', 'close'];
    for (const one of events) this.target.once(one, settle);
    try {
      yield* future;
    } finally {
      for (const one of events) this.target.removeListener(one, settle);
    }
    if (this.failure !== null) throw this.failure;
  }
}

/** Opens a TCP connection (Python: `asyncio.open_connection`). */
export function openConnection(host: string, port: number): Coroutine<[StreamReader, StreamWriter]> {
  return internal(connecting(host, port), internalCode('open_connection'));
}

function* connecting(host: string, port: number): Generator<unknown, [StreamReader, StreamWriter], unknown> {
  const socket = createConnection({ host, port, allowHalfOpen: true });
  const future = new ForeignFuture<void>(getRunningLoop(), `connect ${host}:${port}`);
  socket.once('connect', () => future.done() || future.setResult(undefined));
  socket.once('error', (error) => future.done() || future.setException(error));
  try {
    yield* future;
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return [new StreamReader(socket), new StreamWriter(socket)];
}

/** What `startServer` gives (Python: `asyncio.Server`). */
export interface Server {
  /** The TCP port that it listens on. */
  readonly port: number;
  /** Takes no more connections. */
  close(): void;
  /** Waits until the last connection is closed. */
  waitClosed(): Coroutine<void>;
  [Symbol.dispose](): void;
}

/** Serves TCP: each connection is a task that runs `handle(reader, writer)` (Python: `asyncio.start_server`). */
export function startServer(
  handle: (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown>,
  host: string,
  port: number,
): Coroutine<Server> {
  return internal(serving(handle, host, port), internalCode('start_server'));
}

function* serving(
  handle: (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown>,
  host: string,
  port: number,
): Generator<unknown, Server, unknown> {
  const loop = getRunningLoop();
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    loop.createTask(handle(new StreamReader(socket), new StreamWriter(socket)), {
      name: `connection ${socket.remotePort}`,
    });
  });
  const future = new ForeignFuture<void>(loop, `listen ${host}:${port}`);
  server.once('error', (error) => future.done() || future.setException(error));
  server.listen(port, host, () => future.done() || future.setResult(undefined));
  yield* future;
  return serverOf(server);
}

function serverOf(server: NodeServer): Server {
  const address = server.address();
  const close = (): void => void server.close();
  const closing = function* (): Generator<unknown, void, unknown> {
    if (!server.listening) return;
    const future = new ForeignFuture<void>(getRunningLoop(), 'server.close');
    server.once('close', () => future.done() || future.setResult(undefined));
    yield* future;
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close,
    waitClosed: () => internal(closing(), internalCode('wait_closed')),
    [Symbol.dispose]: close,
  };
}

markLibrary(openConnection, startServer);
