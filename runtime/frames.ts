// How a message crosses a pipe between the two processes: [u32 total][u32 json bytes][json][u32 length, bytes]….
// What the messages mean is in runtime/events.ts.

/** A message and the binary buffers that travel beside its JSON (comms, images). */
export interface Frame<Message> {
  readonly message: Message;
  readonly buffers: readonly Uint8Array[];
}

const LENGTH = 4;
/** A frame is never this large, in bytes: something else was written on the pipe. */
const TOO_LARGE = 2 ** 29;

/** One whole frame, ready to be written. */
export function encodeFrame(message: unknown, buffers: readonly Uint8Array[] = []): Buffer {
  const json = JSON.stringify(message);
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
 * Takes chunks as they arrive and calls `deliver` for each whole frame, in order.
 *
 * @throws {Error} where what arrived is no frame, and nothing behind it can be read either
 */
export function createFrameReader<Message>(deliver: (frame: Frame<Message>) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  let wanted = LENGTH;
  return (chunk) => {
    held.push(chunk);
    size += chunk.byteLength;
    if (size < wanted) return;
    let all = held.length === 1 ? chunk : Buffer.concat(held, size);
    while (all.byteLength >= LENGTH) {
      const total = LENGTH + all.readUInt32LE(0);
      if (total > TOO_LARGE) throw new Error(`a frame of ${total} bytes`);
      if (all.byteLength < total) break;
      deliver(decodeFrame<Message>(all.subarray(LENGTH, total)));
      all = all.subarray(total);
    }
    held = all.byteLength > 0 ? [all] : [];
    size = all.byteLength;
    wanted = size < LENGTH ? LENGTH : LENGTH + all.readUInt32LE(0);
  };
}

function decodeFrame<Message>(body: Buffer): Frame<Message> {
  const jsonEnd = LENGTH + body.readUInt32LE(0);
  if (jsonEnd > body.byteLength) throw new Error('a frame that is shorter than its text');
  const message = JSON.parse(body.toString('utf8', LENGTH, jsonEnd)) as Message;
  const buffers: Uint8Array[] = [];
  for (let at = jsonEnd; at < body.byteLength; ) {
    const length = body.readUInt32LE(at);
    // A copy: the chunk that this view lies in may be megabytes, and a comm handler may keep the buffer.
    if (at + LENGTH + length > body.byteLength) throw new Error('a frame that is shorter than its buffers');
    buffers.push(Uint8Array.prototype.slice.call(body, at + LENGTH, at + LENGTH + length));
    at += LENGTH + length;
  }
  return { message, buffers };
}
