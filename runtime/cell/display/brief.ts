// Text of few lines, where a value's whole text would be a wall that says nothing: beside a picture, of what a class
// says of itself, of an object's internals. What the whole text is, is in plain.ts.

import { inspect, types } from '#host/inspection';
import { withoutSuffix } from '../../compile/suffix.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { LIMITS } from './limits.ts';
import { keysOf } from './listing.ts';
import { GivenUp, isRefused, ownCode } from './own-code.ts';
import { plainText } from './plain.ts';
import { classNameOf, dataOf, isObject, methodOf } from './reflect.ts';
import { isErrorLike } from './tame.ts';

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** More lines than this are not read. */
const FEW = 3;
/** A text of internals may have a few more lines. */
const SOME = 12;
/** An error's own lines are the frames of its stack; beyond that come the objects that it carries. */
const WALL = 60;
const WIDTH = 200;
/** Characters of what a class says of itself. */
const MOST = 1_000;

/** The text of a value that is the result of a cell, or displayed. May run the value's own toString. */
export function resultText(value: unknown): string {
  const text = plainText(value);
  if (!isObject(value)) return text;
  const lines = countLines(text);
  if (typeof value === 'function') return lines > SOME ? firstLine(text) : text;
  if (lines <= FEW && !text.endsWith(' {}')) return text;
  const said = stringOf(value);
  if (said !== undefined && countLines(said) <= lines) return said.length > MOST ? `${said.slice(0, MOST)}…` : said;
  if (lines <= SOME) return hasInternals(value) ? (inOneLine(value) ?? text) : text;
  return responseText(value) ?? internalsText(value, lines) ?? (lines > WALL ? errorText(value) : undefined) ?? text;
}

/** The text beside a richer form of the value: at most three lines. */
export function besideText(value: unknown): string {
  // The text of rows that are shown as a table as well is what it would be without it.
  if (Array.isArray(value)) return plainText(value);
  const text = resultText(value);
  if (countLines(text) <= FEW) return text;
  // Of bytes the first few are enough.
  const maxArrayLength = types.isTypedArray(value) ? FEW : undefined;
  const options = { depth: 0, breakLength: Number.POSITIVE_INFINITY, ...(maxArrayLength && { maxArrayLength }) };
  const line = plainText(value, options).replaceAll('\n', ' ');
  return line.length <= WIDTH || !isObject(value) ? line.slice(0, WIDTH) : namesText(value);
}

/** Its own string; none if that cannot be made. */
function stringOf(value: object): string | undefined {
  if (isRefused()) return undefined;
  try {
    return ownCode(() => ownString(value));
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    return failure instanceof GivenUp ? `[${classNameOf(value) ?? 'Object'}: ${failure.message}]` : undefined;
  }
}

/** What the class of a value says of it by its own toString; undefined if it has none, or an inspect method. */
function ownString(value: object): string | undefined {
  if (types.isProxy(value) || methodOf(value, inspect.custom) || isErrorLike(value) || isBuiltIn(value))
    return undefined;
  const prototype: object | null = getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return undefined;
  const method = methodOf(prototype, 'toString');
  if (!method || method === Object.prototype.toString) return undefined;
  const text = method.call(value);
  return typeof text === 'string' && !text.startsWith('[object ') && text !== '' ? text : undefined;
}

const BUILT_IN: readonly ((value: unknown) => boolean)[] = [
  Array.isArray,
  types.isTypedArray,
  types.isBoxedPrimitive,
  types.isRegExp,
  types.isPromise,
  types.isMapIterator,
  types.isSetIterator,
];

function isBuiltIn(value: object): boolean {
  return BUILT_IN.some((is) => is(value));
}

const RESPONSE = ['status', 'statusText', 'headers', 'config', 'data'] as const;

/** The answer to a request over HTTP, among all that was needed for it. */
function responseText(value: object): string | undefined {
  if (!RESPONSE.every((key) => Object.hasOwn(value, key))) return undefined;
  const [status, said] = [dataOf(value, 'status'), dataOf(value, 'statusText')];
  if (typeof status !== 'number') return undefined;
  const data = plainText(dataOf(value, 'data'), { breakLength: Number.POSITIVE_INFINITY }).replaceAll('\n', ' ');
  const [headers, config] = ['headers', 'config'].map((key) => namesText(dataOf(value, key) as object));
  const shown = data.length > WIDTH ? `${data.slice(0, WIDTH)}…` : data;
  return `{ status: ${status}, statusText: ${plainText(said)}, data: ${shown},\n  headers: ${headers},\n  config: ${config} }`;
}

/** An error's stack, and the names of what it carries. */
function errorText(value: object): string | undefined {
  if (!types.isNativeError(value) || methodOf(value, inspect.custom) || Object.hasOwn(value, 'cause')) return undefined;
  const stack: unknown = value.stack;
  return typeof stack === 'string' ? `${withoutSuffix(stack)} ${listOf(Object.keys(value))}` : undefined;
}

/** The public names of an object whose other names are its own affair; undefined if it has none of either. */
function internalsText(value: object, lines: number): string | undefined {
  if (!hasInternals(value)) return undefined;
  const names = namesText(value);
  // Where all is internal, a person's own class as a rule, there is nothing else to show.
  return names.endsWith(' {}') && lines <= WALL ? undefined : names;
}

/** Whether an object of a class has properties that begin with `_`, or symbols alone. */
function hasInternals(value: object): boolean {
  const prototype: unknown = types.isProxy(value) ? Object.prototype : getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || isBuiltIn(value) || isErrorLike(value)) return false;
  if (types.isMap(value) || types.isSet(value) || methodOf(value, inspect.custom)) return false;
  const keys = keysOf(value) ?? [];
  return keys.every((key) => typeof key === 'symbol') || keys.some((key) => String(key).startsWith('_'));
}

/** The text in one line, if that is not long. */
function inOneLine(value: object): string | undefined {
  const line = plainText(value, { breakLength: Number.POSITIVE_INFINITY });
  return line.length <= WIDTH && !line.includes('\n') ? line : undefined;
}

/** The class of an object, and the names of its properties in one line. */
function namesText(value: unknown): string {
  if (!isObject(value) || types.isProxy(value)) return plainText(value, { depth: -1 });
  const keys = keysOf(value) ?? [];
  // All of very many are enumerable.
  const isEnumerable = (key: PropertyKey) =>
    keys.length > LIMITS.keys || getOwnPropertyDescriptor(value, key)?.enumerable === true;
  const isOpen = (key: PropertyKey) => typeof key === 'string' && !key.startsWith('_') && isEnumerable(key);
  const names = keys.filter(isOpen) as string[];
  const name = classNameOf(value) ?? '[Object: null prototype]';
  return name === 'Object' ? listOf(names) : `${name} ${listOf(names)}`;
}

/** As many names as a line holds, in braces. */
function listOf(names: readonly string[]): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.join(', ').length + name.length > 58) break;
    shown.push(name);
  }
  if (shown.length < names.length) shown.push(`… ${names.length - shown.length} more`);
  return shown.length === 0 ? '{}' : `{ ${shown.join(', ')} }`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/ \{$/, '') ?? '';
}

function countLines(text: string): number {
  return text.split('\n').length;
}
