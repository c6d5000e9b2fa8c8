// MIME bundles: the representations of a displayed value, checked, with bytes encoded in base64.

import { Buffer } from '#host/bytes';
import { types } from '#host/inspection';
import type { MimeBundle } from '../../events.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { plainText } from './plain.ts';

/** Deno's convention: a method of this name returns (or promises) an object's MIME bundle. */
export const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;

/** A MIME bundle and its metadata (an image's width, whether a tree is expanded). */
export interface Rendered {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the value's own display method threw, if it did; `data` is then the value's text. */
  readonly failure?: unknown;
}

/** A value displayed as the bundle it holds: what `html`, `svg`, `markdown` … return. */
export class Displayable implements Rendered {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;

  // A mark that proxies do not forward: `instanceof` would run their traps.
  readonly #own = true;

  constructor(data: MimeBundle, metadata: Readonly<Record<string, unknown>> = {}) {
    this.data = data;
    this.metadata = metadata;
  }

  [DISPLAY](): MimeBundle {
    return this.data;
  }

  /** Whether a value is one of these, found out without running its code. */
  static is(value: object): value is Displayable {
    return #own in value;
  }
}

/**
 * A bundle fit for the wire: bytes become base64, a list of lines becomes one text.
 *
 * @throws {TypeError} if `bundle` is not an object of MIME types, or holds what its type cannot; `origin` says where it
 * came from
 */
export function checkedBundle(bundle: unknown, origin: string): MimeBundle {
  const entries = typeof bundle === 'object' && bundle !== null ? Object.entries(bundle) : [];
  if (entries.length === 0 || entries.some(([type]) => !type.includes('/'))) {
    throw new TypeError(
      `${origin}: a MIME bundle was expected, an object such as { 'text/html': '<b>x</b>' }, got ${briefText(bundle)}.`,
    );
  }
  return Object.fromEntries(entries.map(([type, value]) => [type, checkedPart(type, value, origin)]));
}

function checkedPart(type: string, value: unknown, origin: string): unknown {
  if (types.isUint8Array(value)) return base64(value);
  if (isJsonType(type)) {
    checkJson(value, `${origin}: '${type}'`);
    return value;
  }
  if (typeof value === 'string') return value;
  // As notebooks are stored.
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return value.join('');
  throw new TypeError(`${origin}: '${type}' expected a string, got ${briefText(value)}.`);
}

/** `application/json`, `application/geo+json` …: their values travel as JSON, all others' as text. */
function isJsonType(type: string): boolean {
  return /^application\/(?:.*\+)?json(?:;|$)/.test(type);
}

/**
 * Checks that JSON can represent a value before it is sent, because an error afterwards would reach nobody.
 *
 * @throws {TypeError} if it cannot; `where` begins the sentence
 */
export function checkJson(value: unknown, where: string): void {
  let text: unknown;
  let why = '';
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // A toJSON method is user code, and may have been interrupted.
    if (error instanceof KeyboardInterrupt) throw error;
    why = ` (${String((error as Partial<Error> | undefined)?.message).split('\n', 1)[0]})`;
  }
  if (text === undefined)
    throw new TypeError(`${where} expected a value that JSON can represent, got ${briefText(value)}${why}.`);
}

/** Bytes in the encoding that Jupyter uses. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A value as one line, for an error's sentence. */
export function briefText(value: unknown): string {
  const line = plainText(value, { breakLength: Number.POSITIVE_INFINITY }).replaceAll('\n', ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
