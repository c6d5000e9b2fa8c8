// JSON of many megabytes, read and written with pauses in between. What makes a message long is nearly always one text
// in it, such as a cell of 50 MB, so long texts go piece by piece, and the rest of the message in one go.

import { randomBytes } from 'node:crypto';
import { JsonBytes } from '../protocol.ts';
import { createPauses } from './pauses.ts';

/** In UTF-16 units, or in bytes. Reading or writing this much takes a few milliseconds. */
export const LONG_UNITS = 1024 * 1024;
/** How much of a text is read or written in one go. */
const PIECE_UNITS = 256 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const COLON = 0x3a;

/** What stands for a long text in the rest of the JSON; nobody can guess it. */
const HOLE = `long text ${randomBytes(12).toString('base64url')} `;

/** Whether a content has a long text, or JSON bytes, among its fields. */
export function isLong(content: unknown): boolean {
  return Object.values(content as object).some(isLongValue);
}

function isLongValue(value: unknown): value is string | JsonBytes {
  return value instanceof JsonBytes || (typeof value === 'string' && value.length > LONG_UNITS);
}

/** The JSON of a content as bytes. */
export async function writeLong(content: unknown): Promise<Buffer> {
  const long: (string | JsonBytes)[] = [];
  const rest = JSON.stringify(content, (_, value) => (isLongValue(value) ? `${HOLE}${long.push(value) - 1}` : value));
  const pause = createPauses();
  const pieces: Uint8Array[] = [];
  for (const [place, text] of rest.split(new RegExp(`"${HOLE}(\\d+)"`)).entries()) {
    const value = place % 2 === 1 ? long[Number(text)] : undefined;
    if (value === undefined) pieces.push(Buffer.from(text));
    else if (value instanceof JsonBytes) pieces.push(value.bytes);
    else await writeText(value, pieces, pause);
  }
  return joined(pieces, pause);
}

async function writeText(text: string, pieces: Uint8Array[], pause: ReturnType<typeof createPauses>): Promise<void> {
  pieces.push(Buffer.of(QUOTE));
  for (let at = 0; at < text.length; ) {
    const to = pieceEnd(text, at);
    pieces.push(Buffer.from(JSON.stringify(text.slice(at, to)).slice(1, -1)));
    at = to;
    await pause();
  }
  pieces.push(Buffer.of(QUOTE));
}

/** Never between the halves of a surrogate pair. */
function pieceEnd(text: string, from: number): number {
  const to = from + PIECE_UNITS;
  const unit = text.charCodeAt(to - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? to + 1 : to;
}

async function joined(pieces: readonly Uint8Array[], pause: ReturnType<typeof createPauses>): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(pieces.reduce((size, { byteLength }) => size + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    for (let from = 0; from < piece.byteLength; from += LONG_UNITS) {
      const part = piece.subarray(from, from + LONG_UNITS);
      whole.set(part, at);
      at += part.byteLength;
      await pause();
    }
  }
  return whole;
}

/** The value of JSON bytes. @throws {SyntaxError} where they are not JSON */
export async function readLong(bytes: Buffer): Promise<unknown> {
  const pause = createPauses();
  const texts: string[] = [];
  let rest = '';
  let copied = 0;
  for (let open = bytes.indexOf(QUOTE); open >= 0; ) {
    const { end, cuts } = await readLiteral(bytes, open, pause);
    if (end - open > LONG_UNITS && nextByte(bytes, end) !== COLON) {
      rest += `${bytes.toString('utf8', copied, open)}"${HOLE}${texts.length}"`;
      texts.push(await readText(bytes, cuts, pause));
      copied = end;
    }
    open = bytes.indexOf(QUOTE, end);
  }
  rest += bytes.toString('utf8', copied);
  if (texts.length === 0) return JSON.parse(rest);
  return JSON.parse(rest, (_, value) =>
    typeof value === 'string' && value.startsWith(HOLE) ? texts[Number(value.slice(HOLE.length))] : value,
  );
}

interface Literal {
  /** Behind its closing quote. */
  readonly end: number;
  /** Where it may be cut into pieces: behind its opening quote, in between, and before its closing quote. */
  readonly cuts: readonly number[];
}

async function readLiteral(bytes: Buffer, open: number, pause: ReturnType<typeof createPauses>): Promise<Literal> {
  const cuts = [open + 1];
  let next = open + PIECE_UNITS;
  for (let at = open + 1; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return { end: at + 1, cuts: [...cuts, at] };
    // Here no escape has begun; nor a character, unless this byte continues one.
    if (at >= next && (byte & 0xc0) !== 0x80) {
      cuts.push(at);
      next = at + PIECE_UNITS;
      await pause();
    }
    if (byte !== BACKSLASH) at += 1;
    else at += bytes[at + 1] === LETTER_U ? 6 : 2;
  }
  return { end: bytes.length, cuts };
}

async function readText(
  bytes: Buffer,
  cuts: readonly number[],
  pause: ReturnType<typeof createPauses>,
): Promise<string> {
  const pieces: string[] = [];
  for (let place = 1; place < cuts.length; place++) {
    pieces.push(JSON.parse(`"${bytes.toString('utf8', cuts[place - 1], cuts[place])}"`));
    await pause();
  }
  return pieces.join('');
}

function nextByte(bytes: Buffer, at: number): number | undefined {
  let next = at;
  while (bytes[next] === 0x20 || bytes[next] === 0x0a || bytes[next] === 0x0d || bytes[next] === 0x09) next += 1;
  return bytes[next];
}
