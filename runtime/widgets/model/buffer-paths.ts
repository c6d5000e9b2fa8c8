// Bytes travel beside a widget's state and not in it: taking them out, with the path of each, and putting them back.
// The format is that of jupyter-widgets' protocol 2.1, schema/messages.md.

import { types } from '#host/inspection';

/** Where in the state some bytes belong: `['files', 0, 'content']`. */
export type BufferPath = readonly (string | number)[];

/** A state without its bytes, and its bytes. */
export interface Separated {
  readonly state: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
  readonly paths: readonly BufferPath[];
}

/** What the front end reads as a reference to another widget. */
const REFERENCE = 'IPY_MODEL_';

/**
 * Takes the bytes out of a state, and replaces widgets by references to them.
 *
 * @param idOf the id of a value's model, if it is a widget
 * @throws {TypeError} if JSON cannot represent the rest
 */
export function separate(
  state: Readonly<Record<string, unknown>>,
  idOf: (value: object) => string | undefined,
): Separated {
  const buffers: Uint8Array[] = [];
  const paths: BufferPath[] = [];
  const around: object[] = [];
  const walk = (value: unknown, path: BufferPath): unknown => {
    if (typeof value !== 'object' || value === null) return checked(value, path);
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      buffers.push(bytes);
      paths.push(path);
      return undefined;
    }
    const id = idOf(value);
    if (id !== undefined) return REFERENCE + id;
    if ('toJSON' in value) return value;
    if (around.includes(value)) throw new TypeError(`${nameOf(path)} contains itself, so it cannot be sent.`);
    around.push(value);
    const copy = Array.isArray(value)
      ? value.map((item, at) => walk(item, [...path, at]) ?? null)
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
    around.pop();
    return copy;
  };
  return { state: walk(state, []) as Separated['state'], buffers, paths };
}

/** Puts received bytes back into the state from which they were taken. Paths that lead nowhere are left out. */
export function join(state: Record<string, unknown>, paths: unknown, buffers: readonly Uint8Array[]): void {
  if (!Array.isArray(paths)) return;
  paths.forEach((path, at) => {
    if (Array.isArray(path) && at < buffers.length) put(state, path, buffers[at] as Uint8Array);
  });
}

/** The widgets to which a received value refers, itself or in a list, in place of the references. */
export function dereferenced(value: unknown, find: (id: string) => unknown): unknown {
  if (typeof value === 'string') {
    return value.startsWith(REFERENCE) ? (find(value.slice(REFERENCE.length)) ?? value) : value;
  }
  return Array.isArray(value) ? value.map((item) => dereferenced(item, find)) : value;
}

function put(state: object, path: readonly unknown[], bytes: Uint8Array): void {
  if (!path.every((key) => typeof key === 'string' || typeof key === 'number')) return;
  const last = path.at(-1);
  if (last === undefined) return;
  let place: object = state;
  for (const key of path.slice(0, -1)) {
    const next: unknown = Object.getOwnPropertyDescriptor(place, key)?.value;
    if (typeof next !== 'object' || next === null) return;
    place = next;
  }
  if (Object.getOwnPropertyDescriptor(place, last)?.configurable === false) return; // The length of a list.
  Object.defineProperty(place, last, { value: bytes, writable: true, enumerable: true, configurable: true });
}

function bytesOf(value: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return types.isAnyArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

function checked(value: unknown, path: BufferPath): unknown {
  if (typeof value !== 'bigint' && typeof value !== 'function' && typeof value !== 'symbol') return value;
  throw new TypeError(`${nameOf(path)} is a ${typeof value}, which JSON cannot represent, so it cannot be sent.`);
}

function nameOf(path: BufferPath): string {
  return `The widget's ${path.map((key) => `'${key}'`).join(' → ') || 'state'}`;
}
