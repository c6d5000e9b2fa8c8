// process.stdout and process.stderr as user code sees them: their text goes to the cell that wrote it.
// The real descriptors 1 and 2 are left alone for child processes and addons; the kernel reads those itself.

import { Writable } from 'node:stream';
import type { ExecutionId } from '../../events.ts';
import type { StreamName, TextPort } from './gather-text.ts';

type Done = (error?: Error | null) => void;
const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** A stream that writes into the cell. It never closes, never blocks, and looks like a pipe 80 columns wide. */
export class CellStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly columns = 80;
  readonly rows = 24;
  readonly #port: TextPort;
  readonly #name: StreamName;
  /** By execution: the first bytes of a character whose last bytes have not been written yet. */
  readonly #begun = new Map<ExecutionId, Buffer>();

  constructor(port: TextPort, name: StreamName) {
    // It never closes, so nobody should wait for that.
    super({ decodeStrings: false, emitClose: false });
    this.#port = port;
    this.#name = name;
    this.fd = DESCRIPTORS[name];
  }

  // Bypasses Writable's queue, because the text must be sent now.
  override write(chunk: unknown, encoding?: BufferEncoding | Done | null, done?: Done): boolean {
    const text = this.#decode(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    this.#port.write(this.#name, text);
    const called = typeof encoding === 'function' ? encoding : done;
    if (typeof called === 'function') process.nextTick(called, null);
    return true;
  }

  // Like Node's own stdout: a program that ends it must not silence later cells.
  override end(chunk?: unknown, encoding?: BufferEncoding | Done, done?: Done): this {
    if (typeof chunk === 'function') return this.end(undefined, undefined, chunk as Done);
    if (chunk !== undefined && chunk !== null) this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
    const called = typeof encoding === 'function' ? encoding : done;
    if (typeof called === 'function') process.nextTick(called, null);
    this.#finishSoon();
    return this;
  }

  override destroy(): this {
    return this;
  }

  getColorDepth(): number {
    return 1;
  }

  hasColors(): boolean {
    return false;
  }

  getWindowSize(): [columns: number, rows: number] {
    return [this.columns, this.rows];
  }

  /** Writes an execution's incomplete character as U+FFFD. Called at the end of its cell. */
  finish(execution: ExecutionId): void {
    const bytes = this.#begun.get(execution);
    if (bytes === undefined) return;
    this.#begun.delete(execution);
    this.#port.write(this.#name, bytes.toString('utf8'), execution);
  }

  /**
   * Emits `finish` for those who wait for the end of the writing, as stream.pipeline does; not while something is still
   * piped into the stream, because it would then stop piping.
   */
  readonly #finishSoon = (): void => {
    process.nextTick(() => {
      const waiting = this.listeners('unpipe').includes(this.#finishSoon);
      const piped = this.listenerCount('unpipe') - (waiting ? 1 : 0);
      if (piped === 0) this.emit('finish');
      else if (!waiting) this.once('unpipe', this.#finishSoon);
    });
  };

  #decode(chunk: unknown, encoding: BufferEncoding): string {
    const held = this.#begun.size > 0 ? this.#begun.get(this.#port.execution()) : undefined;
    if (held) this.#begun.delete(this.#port.execution());
    if (typeof chunk === 'string') {
      const text = isText(encoding) ? chunk : Buffer.from(chunk, encoding);
      if (typeof text === 'string') return held ? held.toString('utf8') + text : text;
      return this.#decode(held ? Buffer.concat([held, text]) : text, 'utf8');
    }
    if (!ArrayBuffer.isView(chunk)) {
      throw new TypeError(
        `process.${this.#name}.write: a string, a Buffer or a typed array was expected, got ${chunk === null ? 'null' : typeof chunk}. To print other values, use console.log.`,
      );
    }
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = held ? Buffer.concat([held, fresh]) : fresh;
    const whole = wholeLength(bytes);
    if (whole < bytes.length) this.#begun.set(this.#port.execution(), Buffer.from(bytes.subarray(whole)));
    return bytes.toString('utf8', 0, whole);
  }
}

/** Replaces process.stdout and process.stderr by cell streams, and returns how to undo that. */
export function installStreams(
  port: TextPort,
  target: object = process,
): { finish(execution: ExecutionId): void; uninstall(): void } {
  const streams = { stdout: new CellStream(port, 'stdout'), stderr: new CellStream(port, 'stderr') };
  const before = Object.getOwnPropertyDescriptors(target) as Record<string, PropertyDescriptor | undefined>;
  // Defined, not read: reading process.stdout would make Node open the real one (2 ms of the start).
  for (const name of ['stdout', 'stderr'] as const) {
    Object.defineProperty(target, name, { configurable: true, enumerable: true, get: () => streams[name] });
  }
  return {
    finish(execution) {
      streams.stdout.finish(execution);
      streams.stderr.finish(execution);
    },
    uninstall() {
      for (const name of ['stdout', 'stderr']) Object.defineProperty(target, name, before[name] ?? {});
    },
  };
}

function isText(encoding: string): boolean {
  return encoding === 'utf8' || encoding === 'utf-8';
}

// How many bytes form whole UTF-8 characters: a leading byte among the last three may need more than there are.
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
