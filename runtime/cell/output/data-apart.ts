// Long data of a display or a comm message leaves as JSON beside the event: the kernel process, which only passes it on,
// would take long to read and write it, and hear nothing meanwhile.

import { Buffer } from '#host/bytes';
import type { CellEvent } from '../../events.ts';
import { wellFormedJson } from '../../frames.ts';

/** In UTF-16 units. */
const LONG_UNITS = 1024 * 1024;

type Sent = readonly [event: CellEvent, buffers: readonly Uint8Array[]];

/** The event and its buffers, with long data among them. @throws {TypeError} where the data is not JSON */
export function withDataApart(event: CellEvent, buffers: readonly Uint8Array[] = []): Sent {
  if (!('data' in event) || !isLong(event.data)) return [event, buffers];
  return [{ ...event, data: {}, dataApart: true }, [Buffer.from(wellFormedJson(event.data)), ...buffers]];
}

function isLong(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return isLongValue(data);
  return Object.values(data).some(isLongValue);
}

function isLongValue(value: unknown): boolean {
  if (typeof value === 'string') return value.length > LONG_UNITS;
  return typeof value === 'object' && value !== null && (JSON.stringify(value)?.length ?? 0) > LONG_UNITS;
}
