// Arrays of plain objects with the same keys: a table beside their text.

import { types } from '#host/inspection';
import { variable } from '#host/process';
import type { MimeBundle } from '../../events.ts';
import { frameTable, ROWS } from './frame.ts';
import { LIMITS } from './limits.ts';
import { hasMoreKeys } from './listing.ts';

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** Fewer are as easy to read as text. */
const FEWEST = 4;

let shown = variable('COKERNEL_TABLES') !== 'off';

/** Whether such arrays are shown as tables. */
export function showTables(on: boolean): void {
  shown = on;
}

/** The table of such an array, as HTML; undefined if it is none. Its text is that of any array. */
export function recordsBundle(rows: readonly unknown[]): MimeBundle | undefined {
  if (!shown || rows.length < FEWEST) return undefined;
  const [first] = rows;
  const names = isPlain(first) ? namesOf(first) : [];
  if (names.length === 0) return undefined;
  const records: object[] = [];
  // Beyond the rows that are shown, others would make no difference to the table.
  for (const row of rows.slice(0, ROWS)) {
    const record = recordOf(row, names);
    if (!record) return undefined;
    records.push(record);
  }
  const { 'text/html': html } = frameTable({ names, count: rows.length, rows: records });
  return { 'text/html': html };
}

/** The names of a row; none if they are too many for a table. */
function namesOf(row: object): readonly string[] {
  return hasMoreKeys(row) ? [] : Object.keys(row);
}

/** The row, if it is a plain object with these keys and no getters; a copy, which has no others. */
function recordOf(row: unknown, names: readonly string[]): object | undefined {
  if (!isPlain(row) || Object.keys(row).length !== names.length) return undefined;
  const record: Record<string, unknown> = {};
  for (const name of names) {
    const property = getOwnPropertyDescriptor(row, name);
    if (!property || !('value' in property)) return undefined;
    Object.defineProperty(record, name, { value: property.value, enumerable: true });
  }
  return record;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
