// StreamWriter: bytes to a socket or a pipe. The rules are those of asyncio's streams.py and selector_events.py.

import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { RuntimeError } from './engine/errors.ts';
import type { Future } from './engine/future.ts';
import { internal, internalCode } from './engine/internal.ts';
import { ForeignFuture } from './engine/promise.ts';
import { ConnectionResetError } from './os-error.ts';
import { connectionError } from './ssl-error.ts';
import { checkBytes, type Listening, type Source, type StreamReader } from './stream-reader.ts';
import type { TlsOptions } from './tls-options.ts';

/** @internal Where a writer's bytes go: the writable side of one of Node's streams. */
export interface Target {
  readonly destroyed: boolean;
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
  on(event: string, listener: Listening): unknown;
  once(event: string, listener: Listening): unknown;
  removeListener(event: string, listener: Listening): unknown;
  write(data: Uint8Array | string): unknown;
  end(): unknown;
  /** Ends it and closes both halves, once everything was written. */
  destroySoon(): unknown;
  destroy(): unknown;
}

/** @internal What only those know who made the connection. */
export interface Ends {
  /** What `getExtraInfo` finds. */
  info(name: string): unknown;
  /** Begins TLS on it. Undefined: it cannot have any. */
  readonly secure?: ((options: TlsOptions) => Encrypted) | undefined;
}

/** @internal A connection with TLS. */
export interface Encrypted {
  readonly stream: Target & Source;
  readonly ends: Ends;
  /** Done once both sides agree. */
  readonly agreed: Future<void>;
  /** Waits for it; where it fails, the connection is closed. */
  handshake(): Generator<unknown, void, unknown>;
}

/** @internal What closes a connection. It outlives the writer, which nobody may hold any more. */
export class Closer {
  target: Target;
  /** It was closed on this side. */ closing = false;

  constructor(target: Target) {
    this.target = target;
  }

  /** Writes what is left, and closes both halves. */
  close(): void {
    if (this.closing) return;
    this.closing = true;
    this.target.destroySoon();
  }

  /** Closes both halves at once, and drops what is left. */
  abort(): void {
    this.closing = true;
    this.target.destroy();
  }
}

const forgotten = new FinalizationRegistry<Closer>((closer) => closer.close());

/** Writes bytes (Python: `asyncio.StreamWriter`). */
export class StreamWriter {
  /** @internal */ readonly closer: Closer;
  private ends: Ends;
  private readonly reader: StreamReader | null;
  private failure: Error | null = null;
  private eof = false;
  private lost = false;
  private readonly onError: (error: Error) => void;
  private readonly onClose: () => void;

  /** @internal */
  constructor(target: Target, ends: Ends, reader: StreamReader | null = null) {
    this.closer = new Closer(target);
    this.ends = ends;
    this.reader = reader;
    // The stream holds no writer, so that one which a program has dropped can be found.
    const weak = new WeakRef(this);
    this.onError = (error) => weak.deref()?.failed(error);
    this.onClose = () => weak.deref()?.ended();
    this.listen('on');
  }

  /** @internal Closes the connection once nobody has this writer any more, as Python's destructor does (3.13). */
  closeIfForgotten(): void {
    forgotten.register(this, this.closer);
  }

  private get target(): Target {
    return this.closer.target;
  }

  private listen(how: 'on' | 'removeListener'): void {
    this.target[how]('error', this.onError);
    this.target[how]('close', this.onClose);
  }

  private failed(error: Error): void {
    this.failure ??= connectionError(error);
  }

  private ended(): void {
    this.lost = true;
  }

  /**
   * Writes without waiting; a string as UTF-8. Follow it with `drain` if you write much. After `close`, or when the
   * connection is lost, the data is dropped: `drain` tells of it. @throws RuntimeError after `writeEof`.
   */
  write(data: Uint8Array | string): void {
    checkBytes(data, 'data');
    if (this.eof) throw new RuntimeError('Cannot call write() after write_eof()');
    if (data.length > 0 && !this.isClosing()) this.target.write(data);
  }

  /** Writes each of them without waiting. */
  writelines(lines: Iterable<Uint8Array | string>): void {
    for (const line of lines) this.write(line);
  }

  /** Waits until the buffer has room again. @throws ConnectionResetError or BrokenPipeError if the other end is gone. */
  drain(): Coroutine<void> {
    return internal(this.draining(), internalCode('drain'));
  }

  private *draining(): Generator<unknown, void, unknown> {
    const error = this.reader?.exception() ?? this.failure;
    if (error !== null) throw error;
    // What is closed with nothing left to write is lost in a moment; TLS says goodbye first, and drops what comes meanwhile.
    if (this.isClosing() && this.target.writableLength === 0) {
      if (this.canWriteEof()) yield* this.until('stream.drain', 'close');
    } else if (this.target.writableNeedDrain) yield* this.until('stream.drain', 'drain');
    if (this.failure !== null) throw this.failure;
    if (this.target.destroyed) throw new ConnectionResetError('Connection lost');
  }

  /** True if the writing half can be ended by itself: TLS cannot. */
  canWriteEof(): boolean {
    return this.ends.info('sslcontext') === undefined;
  }

  /** Ends the writing half: the other end reads to the end, and may still answer. @throws RuntimeError with TLS. */
  writeEof(): void {
    // Python's NotImplementedError is a RuntimeError too.
    if (!this.canWriteEof())
      throw new RuntimeError('Cannot call write_eof() with TLS, which ends both halves: use close()');
    if (this.closer.closing || this.eof) return;
    this.eof = true;
    this.target.end();
  }

  /** Writes what is left, and closes both halves. */
  close(): void {
    this.closer.close();
  }

  /** True once it was closed, by either side. */
  isClosing(): boolean {
    return this.closer.closing || this.target.destroyed;
  }

  /** Waits until it is closed. @throws what ended the connection, if that was an error. */
  waitClosed(): Coroutine<void> {
    return internal(this.ending(), internalCode('wait_closed'));
  }

  private *ending(): Generator<unknown, void, unknown> {
    yield* this.until('stream.close', 'close');
    if (this.failure !== null) throw this.failure;
  }

  /**
   * What is known of the connection: `peername`, `sockname`, `socket`; with TLS `sslcontext`, `peercert`, `cipher` (Python:
   * `get_extra_info`). `fallback` if there is nothing by that name.
   */
  getExtraInfo(name: string, fallback: unknown = null): unknown {
    return this.ends.info(name) ?? fallback;
  }

  /** Encrypts the connection from here on (Python: `start_tls`); the side that accepted it is the server. */
  startTls(options: TlsOptions = {}): Coroutine<void> {
    return internal(this.securing(options), internalCode('start_tls'));
  }

  private *securing(options: TlsOptions): Generator<unknown, void, unknown> {
    const { secure } = this.ends;
    if (secure === undefined) throw new TypeError('transport is not supported by start_tls()');
    yield* this.drain();
    const { stream, ends, handshake } = secure(options);
    this.listen('removeListener');
    this.closer.target = stream;
    this.ends = ends;
    this.listen('on');
    this.reader?.follow(stream);
    yield* handshake();
  }

  toString(): string {
    const state = this.lost ? ' closed' : this.isClosing() ? ' closing' : '';
    const waiting = this.target.writableLength > 0 ? ` bufsize=${this.target.writableLength}` : '';
    return `<StreamWriter${state}${waiting}${this.reader === null ? '' : ` reader=${this.reader}`}>`;
  }

  /** Waits for an event, or for the end. */
  private *until(label: string, event: 'drain' | 'close'): Generator<unknown, void, unknown> {
    const { target } = this;
    if (this.lost) return;
    const future = new ForeignFuture<void>(getRunningLoop(), label);
    const settle = (): void => {
      if (!future.done()) future.setResult(undefined);
    };
    const events = new Set([event, 'close']);
    for (const one of events) target.once(one, settle);
    try {
      yield* future;
    } finally {
      for (const one of events) target.removeListener(one, settle);
    }
  }
}
