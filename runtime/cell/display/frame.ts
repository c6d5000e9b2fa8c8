// Data frames as tables: results and frames of packages, recognised by what they can be asked for. Arrays of rows that a
// notebook has made itself are in records.ts.

import type { MimeBundle } from '../../events.ts';
import { LIMITS } from './limits.ts';
import { dataOf, descriptorOf, isObject, methodOf } from './reflect.ts';
import { tableBundle } from './table.ts';

/** How many rows are shown: enough to see what a frame holds. */
export const ROWS = 100;
const COLUMNS = 20;

/** The names of the columns, how many rows there are, and the first of them. */
interface Frame {
  readonly names: readonly string[];
  readonly count: number;
  readonly rows: readonly unknown[];
}

/** The bundle of a data frame; undefined if it is none. */
export function frameBundle(value: object): MimeBundle | undefined {
  const frame = heldRows(value) ?? iteratedRows(value) ?? chunkedRows(value) ?? readRows(value);
  return frame && frameTable(frame);
}

/** A table of the first rows and columns, and a line of text: the table would be a wall. */
export function frameTable({ names, count, rows }: Frame): MimeBundle {
  const shown = names.slice(0, COLUMNS);
  const left = names.length - shown.length;
  const table = tableBundle(rows.slice(0, ROWS), {
    columns: shown,
    rows: count,
    most: LIMITS.text,
    ...(left > 0 && { more: `${left} more column${left === 1 ? '' : 's'}` }),
  });
  const size = `${count} row${count === 1 ? '' : 's'} × ${names.length} column${names.length === 1 ? '' : 's'}`;
  const list = names.slice(0, 8).join(', ');
  return { ...table, 'text/plain': `${size}: ${list}${names.length > 8 ? ', …' : ''}` };
}

/** Columns and rows in properties, as danfo.js keeps them. */
function heldRows(value: object): Frame | undefined {
  const [names, rows] = [dataOf(value, '$columns'), dataOf(value, '$data')];
  if (!Array.isArray(names) || !Array.isArray(rows)) return undefined;
  const cells = Array.isArray(rows[0]) ? rows : rows.map((each) => [each]);
  return { names: names.map(String), count: rows.length, rows: cells };
}

/** A schema with fields, a number of rows, and the rows by iteration: Arrow's interface. */
function iteratedRows(value: object): Frame | undefined {
  const schema = dataOf(value, 'schema');
  const fields = isObject(schema) ? dataOf(schema, 'fields') : undefined;
  const count = numberOf(value, 'numRows');
  const iterate = methodOf(value, Symbol.iterator);
  if (!Array.isArray(fields) || count === undefined || !iterate) return undefined;
  const names = fields.map((field) => String(isObject(field) ? dataOf(field, 'name') : field));
  const rows = first(iterate.call(value) as Iterator<unknown>).map((row) => {
    const plain = isObject(row) ? methodOf(row, 'toJSON')?.call(row) : row;
    return isObject(plain) ? plain : row;
  });
  return { names, count, rows };
}

function first(iterator: Iterator<unknown>): unknown[] {
  const rows: unknown[] = [];
  while (rows.length < ROWS) {
    const { done, value } = iterator.next();
    if (done) break;
    rows.push(value);
  }
  return rows;
}

/** Chunks that can be asked for by number, so that showing them uses nothing up: a result of DuckDB. */
function chunkedRows(value: object): Frame | undefined {
  const names = methodOf(value, 'columnNames');
  const chunk = methodOf(value, 'getChunk');
  const chunks = numberOf(value, 'chunkCount');
  const count = numberOf(value, 'rowCount');
  if (!names || !chunk || chunks === undefined || count === undefined) return undefined;
  const columns = names.call(value) as readonly string[];
  const rows: unknown[] = [];
  for (let at = 0; at < chunks && rows.length < ROWS; at++) {
    const part = chunk.call(value, at);
    const given = isObject(part) ? methodOf(part, 'getRows')?.call(part) : undefined;
    if (!Array.isArray(given)) return undefined;
    rows.push(...given);
  }
  return { names: columns.map(String), count, rows };
}

/** Rows that are there already: a reader of DuckDB. */
function readRows(value: object): Frame | undefined {
  const names = methodOf(value, 'columnNames');
  const read = methodOf(value, 'getRows');
  // A result that is still to be read would be used up.
  if (!names || !read || numberOf(value, 'currentRowCount') === undefined) return undefined;
  const rows = read.call(value);
  if (!Array.isArray(rows)) return undefined;
  return { names: (names.call(value) as readonly string[]).map(String), count: rows.length, rows };
}

/** A number that is a property or a getter of the value's class. */
function numberOf(value: object, key: string): number | undefined {
  const found = descriptorOf(value, key);
  if (typeof found !== 'object') return undefined;
  const given: unknown = found.get && !Object.hasOwn(value, key) ? found.get.call(value) : found.value;
  return typeof given === 'number' ? given : undefined;
}
