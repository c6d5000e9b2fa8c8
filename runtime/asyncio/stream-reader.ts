// StreamReader: bytes from a socket or a pipe, awaited in pieces. The rules are those of asyncio's streams.py.

import { Buffer } from '#host/bytes';
import { ByteBuffer } from './byte-buffer.ts';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { named, RuntimeError, ValueError } from './engine/errors.ts';
import { internal, internalCode } from './engine/internal.ts';
import { ForeignFuture } from './engine/promise.ts';
import { pythonType, repr } from './engine/repr.ts';
import { connectionError } from './ssl-error.ts';

/** @internal How long a line may be unless said otherwise, in bytes. */
export const DEFAULT_LIMIT = 64 * 1024;

const READ = internalCode('read');
const READ_EXACTLY = internalCode('readexactly');
const READ_LINE = internalCode('readline');
const READ_UNTIL = internalCode('readuntil');
const NEWLINE = Buffer.from('\n');

/** Python's `EOFError`: the end came where more was expected. */
export class EOFError extends Error {}

/** The stream ended before what was asked for (Python: `asyncio.IncompleteReadError`). */
export class IncompleteReadError extends EOFError {
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

/** What `readuntil` looks for lies beyond the limit (Python: `asyncio.LimitOverrunError`). The bytes stay unread. */
export class LimitOverrunError extends Error {
  /** How many of the unread bytes hold no separator. */
  readonly consumed: number;

  constructor(message: string, consumed: number) {
    super(message);
    this.consumed = consumed;
  }
}

for (const [name, kind] of Object.entries({ EOFError, IncompleteReadError, LimitOverrunError })) {
  named(kind, name);
}

/** @internal What Node's streams call: with a chunk, with an error, with nothing. */
// biome-ignore lint/suspicious/noExplicitAny: that is how Node declares it.
export type Listening = (value?: any) => void;

/** @internal Where a reader's bytes come from: the readable side of one of Node's streams. */
export interface Source {
  on(event: string, listener: Listening): unknown;
  removeListener(event: string, listener: Listening): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** Bytes, or text that stands for its UTF-8. */
export type Separator = Uint8Array | string;

/** Reads bytes as they come (Python: `asyncio.StreamReader`). Iterated, it gives lines. */
export class StreamReader {
  /** How long a line may be, in bytes; beyond twice as much the source is stopped until something is read. */
  readonly limit: number;
  private source: Source;
  private readonly buffer = new ByteBuffer();
  private ended = false;
  private paused = false;
  private failure: Error | null = null;
  private waiter: ForeignFuture<void> | null = null;

  /** @internal */
  constructor(source: Source, limit = DEFAULT_LIMIT) {
    checkLimit(limit);
    this.limit = limit;
    this.source = source;
    this.listen('on');
  }

  /** @internal From now on the bytes come from another source: the plain text of an encrypted connection. */
  follow(source: Source): void {
    this.listen('removeListener');
    this.source = source;
    this.paused = false;
    this.listen('on');
  }

  private listen(how: 'on' | 'removeListener'): void {
    this.source[how]('data', this.onData);
    this.source[how]('end', this.onEnd);
    this.source[how]('close', this.onEnd);
    this.source[how]('error', this.onError);
  }

  private readonly onData = (chunk: Uint8Array): void => {
    this.buffer.push(chunk);
    if (!this.paused && this.buffer.length > 2 * this.limit) {
      this.paused = true;
      this.source.pause();
    }
    this.wake();
  };

  private readonly onEnd = (): void => {
    this.ended = true;
    this.wake();
  };

  private readonly onError = (error: Error): void => {
    this.failure ??= connectionError(error);
    this.wake();
  };

  private wake(): void {
    const { waiter } = this;
    this.waiter = null;
    if (waiter !== null && !waiter.done()) waiter.setResult(undefined);
  }

  private *more(method: string): Generator<unknown, void, unknown> {
    if (this.waiter !== null) {
      throw new RuntimeError(`${method}() called while another coroutine is already waiting for incoming data`);
    }
    this.goOn();
    this.waiter = new ForeignFuture<void>(getRunningLoop(), `stream.${method}`);
    try {
      yield* this.waiter;
    } finally {
      this.waiter = null;
    }
    this.check();
  }

  /** An error comes before the bytes that are there, as in Python. */
  private check(): void {
    if (this.failure !== null) throw this.failure;
  }

  private goOn(): void {
    if (!this.paused) return;
    this.paused = false;
    this.source.resume();
  }

  private take(count: number): Buffer {
    const taken = this.buffer.take(count);
    if (this.buffer.length <= this.limit) this.goOn();
    return taken;
  }

  /** The error that ended the stream, or null. */
  exception(): Error | null {
    return this.failure;
  }

  /** True if the stream ended and everything was read. */
  atEof(): boolean {
    return this.ended && this.buffer.length === 0;
  }

  /** Up to `n` bytes, as soon as there are some; without `n`, all until the end. Empty at the end. */
  read(n = -1): Coroutine<Buffer> {
    return internal(this.reading(n), READ);
  }

  private *reading(n: number): Generator<unknown, Buffer, unknown> {
    checkCount(n);
    this.check();
    if (n === 0) return Buffer.alloc(0);
    if (n < 0) return yield* this.toTheEnd();
    if (this.buffer.length === 0 && !this.ended) yield* this.more('read');
    return this.take(n);
  }

  private *toTheEnd(): Generator<unknown, Buffer, unknown> {
    const blocks: Buffer[] = [];
    for (;;) {
      if (this.buffer.length === 0 && !this.ended) yield* this.more('read');
      if (this.buffer.length === 0) return Buffer.concat(blocks);
      blocks.push(this.take(this.buffer.length));
    }
  }

  /** Exactly `n` bytes. @throws IncompleteReadError. */
  readexactly(n: number): Coroutine<Buffer> {
    return internal(this.exactly(n), READ_EXACTLY);
  }

  private *exactly(n: number): Generator<unknown, Buffer, unknown> {
    checkCount(n);
    if (n < 0) throw new ValueError('readexactly size can not be less than zero');
    this.check();
    while (this.buffer.length < n) {
      if (this.ended) throw new IncompleteReadError(this.take(this.buffer.length), n);
      yield* this.more('readexactly');
    }
    return this.take(n);
  }

  /**
   * One line with its newline; at the end of the stream, what is left. @throws ValueError for a line beyond the limit,
   * which is then gone.
   */
  readline(): Coroutine<Buffer> {
    return internal(this.line(), READ_LINE);
  }

  private *line(): Generator<unknown, Buffer, unknown> {
    try {
      return yield* this.until([NEWLINE]);
    } catch (error) {
      if (error instanceof IncompleteReadError) return error.partial;
      if (!(error instanceof LimitOverrunError)) throw error;
      const found = this.buffer.startsWith(NEWLINE, error.consumed);
      this.take(found ? error.consumed + NEWLINE.length : this.buffer.length);
      throw new ValueError(error.message);
    }
  }

  /**
   * All up to the separator, and with it; of several separators, up to the first that is there.
   * @throws IncompleteReadError at the end of the stream; LimitOverrunError.
   */
  readuntil(separator: Separator | readonly Separator[] = NEWLINE): Coroutine<Buffer> {
    const several: readonly Separator[] = Array.isArray(separator) ? separator : [separator as Separator];
    const bytes = several.map((one) => (typeof one === 'string' ? Buffer.from(one) : checkBytes(one, 'separator')));
    return internal(this.until(bytes), READ_UNTIL);
  }

  private *until(separators: readonly Uint8Array[]): Generator<unknown, Buffer, unknown> {
    if (separators.length === 0) throw new ValueError('Separator should contain at least one element');
    const lengths = separators.map(({ length }) => length);
    const longest = Math.max(...lengths);
    if (Math.min(...lengths) === 0) throw new ValueError('Separator should be at least one-byte string');
    this.check();
    for (let offset = 0; ; ) {
      const found = this.first(separators, offset);
      if (found !== undefined) {
        if (found.begin <= this.limit) return this.take(found.end);
        throw new LimitOverrunError('Separator is found, but chunk is longer than limit', found.begin);
      }
      // A separator may have begun at the end of what is there.
      offset = Math.max(offset, this.buffer.length + 1 - longest);
      if (offset > this.limit) {
        throw new LimitOverrunError('Separator is not found, and chunk exceed the limit', offset);
      }
      if (this.ended) throw new IncompleteReadError(this.take(this.buffer.length), null);
      yield* this.more('readuntil');
    }
  }

  private first(separators: readonly Uint8Array[], offset: number): { begin: number; end: number } | undefined {
    const found = separators.flatMap((one) => {
      const begin = this.buffer.indexOf(one, offset);
      return begin < 0 ? [] : [{ begin, end: begin + one.length }];
    });
    return found.sort((a, b) => a.end - b.end || b.begin - a.begin)[0];
  }

  toString(): string {
    const said = [
      this.buffer.length > 0 ? `${this.buffer.length} bytes` : '',
      this.ended ? 'eof' : '',
      this.limit === DEFAULT_LIMIT ? '' : `limit=${this.limit}`,
      this.waiter === null ? '' : `waiter=${this.waiter}`,
      this.failure === null ? '' : `exception=${repr(this.failure)}`,
      this.paused ? 'paused' : '',
    ];
    return `<${['StreamReader', ...said].filter((one) => one !== '').join(' ')}>`;
  }

  /** Lines, with their newlines. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer, undefined> {
    const next = function* (reader: StreamReader): Generator<unknown, IteratorResult<Buffer, undefined>, unknown> {
      const line = yield* reader.line();
      return line.length === 0 ? { done: true, value: undefined } : { done: false, value: line };
    };
    return {
      next: (() => internal(next(this), READ_LINE)) as unknown as () => Promise<IteratorResult<Buffer, undefined>>,
    };
  }
}

/** Half a byte, or none at all, would have the buffer count wrong. */
function checkCount(n: unknown): void {
  if (Number.isInteger(n)) return;
  const found = typeof n === 'number' ? 'float' : pythonType(n);
  throw new TypeError(`'${found}' object cannot be interpreted as an integer`);
}

/** @internal @throws TypeError for what is neither bytes nor text. */
export function checkBytes<T>(bytes: T, name: string): T {
  if (typeof bytes === 'string' || bytes instanceof Uint8Array) return bytes;
  throw new TypeError(`${name} argument must be a bytes-like object, not '${pythonType(bytes)}'`);
}

/** @internal @throws ValueError. */
export function checkLimit(limit: number): void {
  if (limit <= 0) throw new ValueError('Limit cannot be <= 0');
}
