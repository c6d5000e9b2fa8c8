// Bytes that were received and not yet read: grows at its end, shrinks at its beginning. One block, so that a separator
// is found across chunks.

import { Buffer } from '#host/bytes';

/** As much room as an empty buffer keeps. */
const KEPT = 64 * 1024;

export class ByteBuffer {
  private block = Buffer.alloc(0);
  private begin = 0;
  private end = 0;

  get length(): number {
    return this.end - this.begin;
  }

  push(chunk: Uint8Array): void {
    if (this.end + chunk.length > this.block.length) this.makeRoom(chunk.length);
    this.block.set(chunk, this.end);
    this.end += chunk.length;
  }

  private makeRoom(more: number): void {
    const length = this.length + more;
    // Twice as much, so that many small chunks are not copied again and again.
    const block = length * 2 > this.block.length ? Buffer.allocUnsafe(length * 2) : this.block;
    this.block.copy(block, 0, this.begin, this.end);
    this.end = this.length;
    this.begin = 0;
    this.block = block;
  }

  /** Where `bytes` begin, looked for from `offset` on; -1 if they are not there. */
  indexOf(bytes: Uint8Array, offset: number): number {
    return this.block.subarray(this.begin, this.end).indexOf(bytes, offset);
  }

  startsWith(bytes: Uint8Array, offset: number): boolean {
    const there = this.block.subarray(this.begin + offset, Math.min(this.end, this.begin + offset + bytes.length));
    return there.equals(bytes);
  }

  /** Takes up to so many bytes off the beginning. */
  take(count: number): Buffer {
    const end = Math.min(this.end, this.begin + count);
    const taken = Buffer.from(this.block.subarray(this.begin, end));
    this.begin = end;
    if (this.length === 0) {
      this.begin = 0;
      this.end = 0;
      if (this.block.length > KEPT) this.block = Buffer.alloc(0);
    }
    return taken;
  }
}
