// How values are written in messages: Python's repr, addresses left out. Futures and tasks are in describe.ts.

import { Coroutine } from './coroutine.ts';
import { isArray, isInteger, mapped, push, tagOf } from './primordials.ts';

/** Python's `repr` of a value, as far as messages need it. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function') return `<function ${value.name || '<lambda>'}>`;
  if (value instanceof Coroutine) return `<coroutine object ${value.name}>`;
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : quote(value.message)})`;
  if (isArray(value)) return `[${mapped(value, repr).join(', ')}]`;
  try {
    if (typeof value === 'object' && value.toString === Object.prototype.toString) return `<${tag(value)}>`;
    return String(value);
  } catch {
    return `<${tag(value)}>`;
  }
}

const LONGEST = 30;
/** Of a list, and of lists in one another. */
const MOST = 6;

/** @internal As {@link repr}, with its middle left out where it is long, as Python's `reprlib` does for results and arguments. */
export function shortRepr(value: unknown, depth = MOST): string {
  if (typeof value === 'string') return shortQuote(value);
  if (!isArray(value)) return cut(repr(value));
  if (value.length > 0 && depth === 0) return '[...]';
  const shown: string[] = [];
  for (let at = 0; at < value.length && at < MOST; at++) push(shown, shortRepr(value[at], depth - 1));
  if (value.length > MOST) push(shown, '...');
  return `[${shown.join(', ')}]`;
}

function shortQuote(text: string): string {
  const whole = quote(text.slice(0, LONGEST));
  return whole.length > LONGEST ? middleOut(quote(text.slice(0, 13) + text.slice(-14))) : whole;
}

function cut(text: string): string {
  return text.length > LONGEST ? middleOut(text) : text;
}

function middleOut(text: string): string {
  return `${text.slice(0, 13)}...${text.slice(-14)}`;
}

/** @internal A call as Python's callbacks are written: with its arguments only in debug mode, for they may be secret. */
export function describeCall(call: { readonly name: string }, args: readonly unknown[], debug: boolean): string {
  const shown = debug ? mapped(args, (arg) => shortRepr(arg)).join(', ') : '';
  return `${call.name || '<lambda>'}(${shown})`;
}

/** @internal A number that Python would have as a float. */
export function float(value: number): string {
  return isInteger(value) ? `${value}.0` : String(value);
}

const TYPES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', bigint: 'int', function: 'function' };

/** @internal What Python calls the type of a value, in the messages of its TypeErrors. */
export function pythonType(value: unknown): string {
  if (value === undefined || value === null) return 'NoneType';
  if (typeof value === 'number') return isInteger(value) ? 'int' : 'float';
  return TYPES[typeof value] ?? tag(value);
}

/** @internal @throws TypeError in Python's words for what cannot be iterated. */
export function checkIterable(value: unknown): void {
  const iterator = value === undefined || value === null ? undefined : (value as Iterable<unknown>)[Symbol.iterator];
  if (typeof iterator !== 'function') throw new TypeError(`'${pythonType(value)}' object is not iterable`);
}

function tag(value: unknown): string {
  return tagOf(value).slice(8, -1);
}

/** @internal A string as Python writes it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return mark + (mark === "'" ? inner.replaceAll("'", "\\'") : inner) + mark;
}
