// The parts of an error, read so that no error, however broken, makes the reading fail.

import { briefText } from '../display/bundle.ts';
import { plainText } from '../display/plain.ts';
import { classNameOf, dataOf } from '../display/reflect.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { reworded } from './wording.ts';

/** An error's parts, as text and as plain values. */
export interface Anatomy {
  readonly name: string;
  readonly message: string;
  readonly notes: readonly string[];
  /** Its other own properties as text, such as `{ code: 'ENOENT' }`. */
  readonly properties: string | undefined;
  /** Present if the error has a cause, which may be undefined. */
  readonly cause?: { readonly value: unknown };
  /** The members of an AggregateError or ExceptionGroup. */
  readonly members: readonly unknown[] | undefined;
}

const MESSAGE = 10_000;
const NOTES = 20;
const SHOWN_ELSEWHERE = new Set<PropertyKey>(['name', 'message', 'stack', 'cause', 'errors', 'exceptions', 'notes']);
const BUILT_IN = /^(?:Error|TypeError|RangeError|SyntaxError|ReferenceError|EvalError|URIError|AggregateError)$/;

/** Takes an error apart. */
export function anatomyOf(error: object): Anatomy {
  const cause = Object.getOwnPropertyDescriptor(error, 'cause');
  const members = dataOf(error, 'errors');
  const notes = dataOf(error, 'notes');
  return {
    name: nameOf(error),
    message: textOf(read(reworded(error), 'message')),
    notes: Array.isArray(notes) ? notes.slice(0, NOTES).map(textOf) : [],
    properties: propertiesOf(error),
    ...(cause && 'value' in cause && { cause: { value: cause.value } }),
    members: Array.isArray(members) ? members : undefined,
  };
}

// `class Broken extends Error {}` inherits the name Error; the name of its class is meant.
function nameOf(error: object): string {
  const name = read(error, 'name');
  const made = classNameOf(error);
  if (typeof name !== 'string' || name === '') return made ?? 'Error';
  const inherited = BUILT_IN.test(name) && !Object.hasOwn(error, 'name');
  return inherited && made !== null && made !== 'Object' ? made : name.slice(0, 200);
}

function read(error: object, key: string): unknown {
  try {
    return (error as Record<string, unknown>)[key];
  } catch (failure) {
    // An interrupted getter must not be called a second time: it would only get stuck again.
    if (failure instanceof KeyboardInterrupt) throw failure;
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : briefText(value);
  return text.length > MESSAGE ? `${text.slice(0, MESSAGE)}… (${text.length - MESSAGE} more characters)` : text;
}

function propertiesOf(error: object): string | undefined {
  const shown: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(error)) {
    const property = SHOWN_ELSEWHERE.has(key) ? undefined : Object.getOwnPropertyDescriptor(error, key);
    if (property?.enumerable) Object.defineProperty(shown, key, property);
  }
  return Reflect.ownKeys(shown).length === 0 ? undefined : plainText(shown);
}
