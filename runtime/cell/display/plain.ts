// A value as text: util.inspect if that is safe, else util.inspect of a tame copy; always bounded.

import { inspect } from 'node:util';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { copyOf } from './copy.ts';
import { LIMITS } from './limits.ts';
import { classNameOf, isObject } from './reflect.ts';
import { survey } from './tame.ts';

/**
 * The text of a value as Node shows it, at most 100,000 characters. None of the value's getters or traps runs. Throws
 * only the interrupt that ended an inspect method of its own.
 */
export function plainText(value: unknown, options: { readonly breakLength?: number } = {}): string {
  if (!isObject(value)) return cut(text(value, LIMITS.depth, options));
  try {
    const { tame, depth } = survey(value);
    return cut(tame ? text(value, depth, options) : text(copyOf(value, depth), Number.POSITIVE_INFINITY, options));
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    // Its own inspect method threw.
    return withoutOwnMethods(value, options);
  }
}

function withoutOwnMethods(value: object, options: object): string {
  try {
    return cut(text(copyOf(value, LIMITS.depth, false), Number.POSITIVE_INFINITY, options));
  } catch {
    return `[${classNameOf(value) ?? 'Object: null prototype'}]`;
  }
}

function text(value: unknown, depth: number, options: object): string {
  return inspect(value, { depth, maxArrayLength: LIMITS.items, maxStringLength: LIMITS.string, ...options });
}

function cut(shown: string): string {
  if (shown.length <= LIMITS.text) return shown;
  return `${shown.slice(0, LIMITS.text)}… (${shown.length - LIMITS.text} more characters)`;
}
