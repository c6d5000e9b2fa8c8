// How the TypeScript side of a pair prints, so that its lines can be compared with Python's: `print`, `repr`, `now`.
// Nothing of asyncio belongs here.
import { getRunningLoop } from 'cokernel';

/** Python's `print`: the arguments' `str`, joined by spaces. */
export function print(...values: readonly unknown[]): void {
  console.log(values.map(str).join(' '));
}

function str(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Error ? value.message : repr(value);
}

/** Python's `repr` of what the pairs print: None, booleans, numbers, strings, lists and errors. */
export function repr(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value.includes("'") ? `"${value}"` : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof AggregateError) return `${value.name}(${repr(shortMessage(value))}, ${repr(value.errors)})`;
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : repr(value.message)})`;
  return String(value);
}

/** A group's message without the count that Python's `str` appends to it, as its `repr` shows it. */
function shortMessage(group: AggregateError): string {
  return group.message.replace(/ \(\d+ sub-exceptions?\)$/, '');
}

/** The running loop's clock in seconds, two decimals. */
export function now(): string {
  return getRunningLoop().time().toFixed(2);
}
