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
/** Both lengths and the first byte of the JSON, which is that of an object. */
const HEAD = 2 * LENGTH + 1;
const OBJECT = 0x7b;
/** Buffer's own slice makes a view. */
const copyOf = Uint8Array.prototype.slice;

/** One whole frame, ready to be written. */
export function encodeFrame(message: unknown, buffers: readonly Uint8Array[] = []): Buffer {
  const json = wellFormedJson(message);
  const jsonBytes = Buffer.byteLength(json);
  let total = LENGTH + jsonBytes;
  for (const buffer of buffers) total += LENGTH + buffer.byteLength;
  const frame = Buffer.allocUnsafe(LENGTH + total);
  frame.writeUInt32LE(total, 0);
  frame.writeUInt32LE(jsonBytes, LENGTH);
  frame.write(json, 2 * LENGTH, 'utf8');
  let at = 2 * LENGTH + jsonBytes;
  for (const buffer of buffers) {
    frame.writeUInt32LE(buffer.byteLength, at);
    frame.set(buffer, at + LENGTH);
    at += LENGTH + buffer.byteLength;
  }
  return frame;
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
  const refuse = (): never => {
    ended = true;
    held = [];
    throw new Error('What came on a pipe between the two processes is not a frame.');
  };
  return (chunk) => {
    if (ended) return;
    held.push(chunk);
    size += chunk.byteLength;
    if (size < wanted) return;
    let all = held.length === 1 ? chunk : Buffer.concat(held, size);
    while (all.byteLength >= HEAD) {
      if (!isFrame(all)) refuse();
      const total = LENGTH + all.readUInt32LE(0);
      if (all.byteLength < total) break;
      deliver(decodeFrame<Message>(all.subarray(LENGTH, total)) ?? refuse());
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
    // A copy: the chunk that this view lies in may be megabytes, and a comm handler may keep the buffer.
    buffers.push(copyOf.call(body, at + LENGTH, at + LENGTH + length));
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
