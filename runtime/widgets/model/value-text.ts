// A value as one short line, in the text of a widget and in errors.

import { inspect } from '#host/inspection';

const LONGEST = 80;

/** `3`, `'abc'`, `[ 1, 2 ]`; bytes by their number. */
export function valueText(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (value instanceof Date) return dayText(value);
  const line = inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2, maxStringLength: LONGEST });
  const flat = line.replaceAll('\n', ' ');
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
}

function dayText(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
