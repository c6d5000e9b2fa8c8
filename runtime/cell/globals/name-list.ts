// `jupyter.names()`: what cells have declared, shown as a table of names, types, sizes and values. No getter is run.

import { types } from '#host/inspection';
import { DISPLAY } from '../display/bundle.ts';
import { keepsTime, PATIENCE_MS } from '../display/own-code.ts';
import { plainText } from '../display/plain.ts';
import { classNameOf, isObject, sizeOf } from '../display/reflect.ts';
import { tableBundle } from '../display/table.ts';

/** The names of a notebook, as far as they are listed. */
export interface NotebookNames {
  /** Every name that cells declared, oldest first. */
  all(): readonly string[];
  /** What a name stands for; undefined where it cannot be read. */
  read(name: string): { readonly value: unknown } | undefined;
}

/** The characters of a value that one line of the table holds. */
const WIDTH = 80;

/** JavaScript's own, taken before a cell can replace it. */
const functionText = Function.prototype.toString;

/** The names as an array, which shows as a table. */
export function listNames({ all, read }: NotebookNames): readonly string[] {
  const names = [...all()];
  const rows = () => {
    const begun = performance.now();
    return names.map((name) => rowOf(name, read(name), performance.now() - begun < PATIENCE_MS / 2));
  };
  const show = () => tableBundle(rows(), { columns: ['name', 'type', 'size', 'value'], limit: 1_000 });
  return keepsTime(Object.defineProperty(names, DISPLAY, { value: show }));
}

/** `patient`: whether there is time for the value's own inspect method. One that never ends is enough for a table. */
function rowOf(name: string, found: { readonly value: unknown } | undefined, patient: boolean): object {
  if (!found) return { name, type: '', size: '', value: 'not initialised' };
  const { value } = found;
  return { name, type: typeOf(value), size: sizeText(value), value: lineOf(value, patient) };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (!isObject(value)) return typeof value;
  if (typeof value !== 'function') return classNameOf(value) ?? 'object';
  return !types.isProxy(value) && functionText.call(value).startsWith('class') ? 'class' : 'function';
}

function sizeText(value: unknown): string {
  if (typeof value === 'string') return counted(value.length, 'character');
  if (!isObject(value) || typeof value === 'function' || types.isProxy(value)) return '';
  if (Array.isArray(value)) return counted(value.length, 'item');
  if (types.isMap(value)) return counted(sizeOf(value), 'entry', 'entries');
  if (types.isSet(value)) return counted(sizeOf(value), 'item');
  if (types.isTypedArray(value) || types.isDataView(value) || types.isAnyArrayBuffer(value)) return bytesOf(value);
  const keys = Object.keys(value).length;
  return keys === 0 ? '' : counted(keys, 'key');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function bytesOf({ byteLength }: { readonly byteLength: number }): string {
  if (byteLength < 10_000) return counted(byteLength, 'byte');
  const [size, unit] = byteLength < 10_000_000 ? [byteLength / 1e3, 'kB'] : [byteLength / 1e6, 'MB'];
  return `${Math.round(size).toLocaleString('en')} ${unit}`;
}

function lineOf(value: unknown, patient: boolean): string {
  const shape = { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 20 };
  const text = plainText(value, { ...shape, customInspect: patient });
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
