// What console.table draws: the rows and columns of a value that have room in one text, each cell as its text already.
// No getter and no proxy's trap runs. The lines themselves are drawn by Node.

import { inspect, types } from '#host/inspection';
import { internalOf } from '#host/internals';
import { createRoom, type Room, type Row } from './grid-room.ts';
import { cut, LIMITS } from './limits.ts';
import { hasMoreKeys, listingOnce } from './listing.ts';
import { GivenUp, ownCode } from './own-code.ts';
import { ownTextOf } from './own-text.ts';
import { plainText } from './plain.ts';
import { classNameOf, firstEntries, firstValues, isObject, sizeOf, unwrap } from './reflect.ts';

const { getOwnPropertyDescriptor, hasOwn } = Object;

/** A stand-in for the value, and what it leaves out: `… 3 more rows`. */
export interface Grid {
  readonly rows: object;
  readonly rest: string | undefined;
}

/** The most characters of a cell. */
const CELL = 1_000;
/** Rows and columns that are looked at: more have no room, however narrow they are. */
const MOST = 10_000;

/** The grid of an object, or a text where there is none. `wanted` are the columns, if not all are. */
export function gridOf(value: object, wanted?: readonly string[]): Grid | string {
  try {
    return ownCode(() => listingOnce(() => layOut(value, wanted)));
  } catch (failure) {
    if (!(failure instanceof GivenUp)) throw failure;
    return `[${classNameOf(value) ?? 'Object'}: ${failure.message}]`;
  }
}

function layOut(value: object, wanted: readonly string[] | undefined): Grid | string {
  const self = unwrap(value);
  if (self === null) return plainText(value);
  const room = createRoom();
  const entries = entriesOf(self);
  if (entries) return { rows: entryRows(entries, room), rest: restOf(entries.count - room.rows(), 0) };
  const keys = rowNames(self);
  const rows = Object.create(null) as object;
  for (const key of keys) {
    const row = rowOf(getOwnPropertyDescriptor(self, key), wanted);
    if (!room.take(row)) break;
    put(rows, key, 'plain' in row ? row.plain : shown(row.cells));
  }
  const count = isList(self) ? Math.max(self.length, keys.length) : keys.length;
  return { rows, rest: restOf(count - room.rows(), room.columnsLeft()) };
}

function restOf(rows: number, columns: number): string | undefined {
  const counted = (left: number, word: string) => (left > 0 ? [`${left} more ${word}${left === 1 ? '' : 's'}`] : []);
  const said = [...counted(rows, 'row'), ...counted(columns, 'column')].join(', ');
  return said === '' ? undefined : `… ${said}`;
}

/** The names of the rows, as Object.keys has them; of a long array the first. */
function rowNames(self: object): readonly string[] {
  if (!isList(self) || self.length <= MOST) return Object.keys(self);
  return Array.from({ length: MOST }, (_, at) => String(at)).filter((key) => hasOwn(self, key));
}

function isList(self: object): self is { readonly length: number } {
  return Array.isArray(self) || types.isTypedArray(self);
}

/** The column of values that have no columns of their own. */
const VALUES = 'Values';

/** A row of cells, or a plain value that Node puts into the column of values. */
function rowOf(property: PropertyDescriptor | undefined, wanted: readonly string[] | undefined): Row | PlainRow {
  const value: unknown = property && 'value' in property ? property.value : getterText(property);
  const self = isObject(value) ? unwrap(value) : undefined;
  if (!wanted && !self) {
    const plain = typeof value === 'string' ? cut(value, CELL) : self === null ? '<Revoked Proxy>' : value;
    return { cells: new Map([[VALUES, cellText({ value: plain })]]), plain, cost: 1 };
  }
  const cells = new Map<string, string>();
  let cost = costOf(value);
  for (const name of (wanted ?? Object.keys(self ?? {})).slice(0, MOST)) {
    const cell = self ? getOwnPropertyDescriptor(self, name) : undefined;
    if (!cell) continue;
    cells.set(name, cellText(cell));
    cost += costOf(cell.value);
  }
  return { cells, cost };
}

interface PlainRow extends Row {
  readonly plain: unknown;
}

/** Proxies and inspect methods take longest. */
function costOf(value: unknown): number {
  if (!isObject(value)) return 0.1;
  return types.isProxy(value) || ownTextOf(value) ? 20 : 3;
}

/** The text of a property's value, as Node's console.table has it. */
function cellText(property: PropertyDescriptor): string {
  if (!('value' in property)) return getterText(property);
  const { value } = property;
  const isWide = isObject(value) && !types.isProxy(value) && !Array.isArray(value) && isLong(value);
  return cut(
    plainText(value, { depth: isWide ? -1 : 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY }, CELL),
    CELL,
  );
}

function isLong(value: object): boolean {
  return hasMoreKeys(value) || Object.keys(value).length > 2;
}

function getterText(property: PropertyDescriptor | undefined): string {
  return property?.get ? '[Getter]' : '[Setter]';
}

function shown(cells: Row['cells']): object {
  const row = Object.create(null) as object;
  for (const [name, text] of cells) put(row, name, textual(text));
  return row;
}

function put(into: object, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true });
}

/** What Node inspects to that text. */
function textual(text: string): object {
  return { [inspect.custom]: () => text };
}

/** What a Map, a Set, or an iterator of one holds. */
interface Entries {
  readonly keyed: boolean;
  readonly count: number;
  readonly first: readonly (readonly [key: unknown, value: unknown])[];
}

/** A Map or a Set of texts. */
function entryRows({ keyed, first }: Entries, room: Room): object {
  const taken = new Map<object, object>();
  for (const [key, value] of first) {
    const [one, other] = [keyed ? cellText({ value: key }) : '', cellText({ value })];
    const cost = costOf(key) + costOf(value);
    if (
      !room.take({
        cells: new Map([
          ['Key', one],
          [VALUES, other],
        ]),
        cost,
      })
    )
      break;
    taken.set(textual(one), textual(other));
  }
  return keyed ? taken : new Set(taken.values());
}

function entriesOf(self: object): Entries | undefined {
  if (types.isMap(self)) return { keyed: true, count: sizeOf(self), first: firstEntries(self, MOST) };
  if (types.isSet(self)) {
    const first = firstValues(self, MOST).map((value) => [undefined, value] as const);
    return { keyed: false, count: sizeOf(self), first };
  }
  if (!types.isMapIterator(self) && !types.isSetIterator(self)) return undefined;
  // They are not moved.
  const found = Array.from(internalOf(self, '[[Entries]]') as ArrayLike<{ readonly key?: unknown; value: unknown }>);
  const keyed = types.isMapIterator(self) && found.some((entry) => 'key' in entry);
  return { keyed, count: found.length, first: found.map(({ key, value }) => [key, value]) };
}
