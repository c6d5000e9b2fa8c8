// Regular expressions in String's methods, which look up members of RegExp.prototype that a cell may have replaced.

import { defineOwn, type Method, originals, uncurry } from './lookup.ts';

const { apply } = Reflect;
const { create, getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
const { species } = Symbol;
const RegExpPrototype: object = RegExp.prototype;

const { RegExp: expressions } = originals;
/** `expression.exec(text)`. */
export const exec = uncurry<RegExpExecArray | null>(expressions.exec);
const PROTOCOL = [
  'exec',
  ...([Symbol.replace, Symbol.split, Symbol.match, Symbol.matchAll, Symbol.search] as const),
] as const;
/** `flags` comes last: its getter reads the others. */
const flagKeys = [
  ...(['hasIndices', 'global', 'ignoreCase', 'multiline', 'dotAll', 'unicode', 'unicodeSets', 'sticky'] as const),
  'flags',
] as const;
const flagGetters = flagKeys.map((key) => getOwnPropertyDescriptor(RegExpPrototype, key)?.get as Method);

/** Gives an expression members of its own, so that String's methods find these. */
function shielded(expression: unknown): unknown {
  if (typeof expression !== 'object' || expression === null || getPrototypeOf(expression) !== RegExpPrototype) {
    return expression;
  }
  for (let at = 0; at < PROTOCOL.length; at++) {
    const key = PROTOCOL[at] as (typeof PROTOCOL)[number];
    if (!hasOwn(expression, key)) defineOwn(expression, key, expressions[key]);
  }
  for (let at = 0; at < flagKeys.length; at++) {
    const key = flagKeys[at] as string;
    if (!hasOwn(expression, key)) defineOwn(expression, key, apply(flagGetters[at] as Method, expression, []));
  }
  // What split and matchAll make a copy with.
  const Copy = create(null);
  defineOwn(Copy, species, function (this: unknown, source: RegExp, flags: string) {
    return shielded(new NativeRegExp(source, flags));
  });
  defineOwn(expression, 'constructor', Copy);
  return expression;
}
const NativeRegExp = RegExp;

const Members = RegExpPrototype as unknown as Readonly<Record<PropertyKey, unknown>>;

/** Whether String's methods find in an expression what they found at the start. */
export function expressionsIntact(): boolean {
  return (
    Members.exec === expressions.exec &&
    Members[Symbol.replace] === expressions[Symbol.replace] &&
    Members[Symbol.split] === expressions[Symbol.split] &&
    Members[Symbol.match] === expressions[Symbol.match] &&
    Members[Symbol.matchAll] === expressions[Symbol.matchAll] &&
    Members[Symbol.search] === expressions[Symbol.search] &&
    flagsIntact()
  );
}

const NO_FLAGS = /(?:)/;
const ALL_FLAGS = /(?:)/dgimsuy;

/** The getter of `flags` reads all others: whatever a cell has put in the place of one tells of too many or of too few. */
function flagsIntact(): boolean {
  try {
    return NO_FLAGS.flags === '' && ALL_FLAGS.flags === 'dgimsuy';
  } catch {
    return false;
  }
}

/** Calls one of String's methods whose first value may be an expression. */
export function withExpression(method: Method, self: unknown, values: readonly unknown[]): unknown {
  if (typeof values[0] === 'object' && !expressionsIntact()) shielded(values[0]);
  return apply(method, self, values as never[]);
}
