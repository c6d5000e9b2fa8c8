// How a message crosses a pipe between the two processes: [u32 total][u32 json bytes][json][u32 length, bytes]….
// What the messages mean is in runtime/events.ts. Text that leaves here is well-formed Unicode.

/** A message and the binary buffers that travel beside its JSON (comms, images). */
export interface Frame<Message> {
  readonly message: Message;
  readonly buffers: readonly Uint8Array[];
}

const LENGTH = 4;
/** A frame is never this large, in bytes: something else was written on the pipe. */
const TOO_LARGE = 2 ** 29;
/** A frame of this size gets memory of its own, into which its chunks go as they come: joining them later takes long. */
const LONG_BYTES = 1024 * 1024;
/** Both lengths and the first byte of the JSON, which is that of an object. */
const HEAD = 2 * LENGTH + 1;
const OBJECT = 0x7b;
/** Buffer's own slice makes a view. */
const copyOf = Uint8Array.prototype.slice;

/** One whole frame, ready to be written. */
export function encodeFrame(message: unknown, buffers: readonly Uint8Array[] = []): Buffer {
  const pieces = framePieces(message, buffers);
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/** One whole frame in pieces, to be written one after the other: the buffers are not copied. */
export function framePieces(message: unknown, buffers: readonly Uint8Array[] = []): Uint8Array[] {
  const json = wellFormedJson(message);
  const jsonBytes = Buffer.byteLength(json);
  let total = LENGTH + jsonBytes;
  for (const buffer of buffers) total += LENGTH + buffer.byteLength;
  const head = Buffer.allocUnsafe(2 * LENGTH + jsonBytes);
  head.writeUInt32LE(total, 0);
  head.writeUInt32LE(jsonBytes, LENGTH);
  head.write(json, 2 * LENGTH, 'utf8');
  const pieces: Uint8Array[] = [head];
  for (const buffer of buffers) {
    const length = Buffer.allocUnsafe(LENGTH);
    length.writeUInt32LE(buffer.byteLength, 0);
    pieces.push(length, buffer);
  }
  return pieces;
}

/**
 * JSON text in which each unpaired surrogate is U+FFFD, in values and in keys. A file or a socket that takes UTF-8 would
 * refuse such text: nbconvert left a notebook of 0 bytes, and JupyterLab could not save.
 *
 * @throws {TypeError} for a BigInt or a circle, as JSON.stringify
 */
export function wellFormedJson(value: unknown): string {
  const json = JSON.stringify(value);
  // V8 writes an unpaired surrogate, and nothing else between d800 and dfff, as an escape. A search costs next to nothing.
  return json.includes('\\ud') ? json.replace(UNPAIRED, '\\ufffd') : json;
}

/** Not where the backslash is itself escaped: an even number of them comes before. */
const UNPAIRED = /\\ud[89a-f][\da-f]{2}(?<=(?<!\\)(?:\\\\)*\\u.{4})/g;

/**
 * Takes chunks as they arrive and calls `deliver` for each whole frame, in order.
 *
 * @throws {Error} as soon as something else comes, such as what a cell wrote to the descriptor; what follows it cannot be
 * read either, and is dropped
 */
export function createFrameReader<Message>(deliver: (frame: Frame<Message>) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  let wanted = HEAD;
  let ended = false;
  /** A long frame that has come in part; `size` is how much of it. */
  let long: Buffer | undefined;
  const refuse = (): never => {
    ended = true;
    held = [];
    throw new Error('What came on a pipe between the two processes is not a frame.');
  };
  const deliverFrame = (body: Buffer) => deliver(decodeFrame<Message>(body) ?? refuse());
  /** Fills the long frame, and returns what is left of the chunk. */
  const fill = (frame: Buffer, chunk: Buffer): Buffer => {
    const taken = chunk.copy(frame, size);
    size += taken;
    if (size === frame.byteLength) {
      long = undefined;
      size = 0;
      deliverFrame(frame.subarray(LENGTH));
    }
    return chunk.subarray(taken);
  };
  return (given) => {
    if (ended) return;
    const chunk = long === undefined ? given : fill(long, given);
    if (chunk.byteLength === 0) return;
    held.push(chunk);
    size += chunk.byteLength;
    if (size < wanted) return;
    let all = held.length === 1 ? chunk : Buffer.concat(held, size);
    while (all.byteLength >= HEAD) {
      if (!isFrame(all)) refuse();
      const total = LENGTH + all.readUInt32LE(0);
      if (all.byteLength < total) {
        if (total < LONG_BYTES) break;
        long = Buffer.allocUnsafeSlow(total);
        held = [];
        size = 0;
        wanted = HEAD;
        fill(long, all);
        return;
      }
      deliverFrame(all.subarray(LENGTH, total));
      all = all.subarray(total);
    }
    held = all.byteLength > 0 ? [all] : [];
    size = all.byteLength;
    wanted = size < HEAD ? HEAD : LENGTH + all.readUInt32LE(0);
  };
}

/** Whether these bytes begin a frame: lengths that fit each other, then an object. Seen before the rest has come. */
function isFrame(bytes: Buffer): boolean {
  const [total, jsonBytes] = [bytes.readUInt32LE(0), bytes.readUInt32LE(LENGTH)];
  return total <= TOO_LARGE && jsonBytes >= 2 && jsonBytes <= total - LENGTH && bytes[2 * LENGTH] === OBJECT;
}

function decodeFrame<Message>(body: Buffer): Frame<Message> | undefined {
  const jsonEnd = LENGTH + body.readUInt32LE(0);
  const message = parsed<Message>(body.toString('utf8', LENGTH, jsonEnd));
  if (message === undefined) return undefined;
  const buffers: Uint8Array[] = [];
  for (let at = jsonEnd; at < body.byteLength; ) {
    if (at + LENGTH > body.byteLength) return undefined;
    const length = body.readUInt32LE(at);
    if (at + LENGTH + length > body.byteLength) return undefined;
    const [from, to] = [at + LENGTH, at + LENGTH + length];
    // A copy: the chunk that this view lies in may be megabytes, and a comm handler may keep the buffer.
    buffers.push(length > LONG_BYTES ? body.subarray(from, to) : copyOf.call(body, from, to));
    at += LENGTH + length;
  }
  return { message, buffers };
}

function parsed<Message>(json: string): Message | undefined {
  try {
    return JSON.parse(json) as Message;
  } catch {
    return undefined;
  }
}
