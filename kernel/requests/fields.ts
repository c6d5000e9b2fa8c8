// Reads a request's content and checks its types. A wrong type becomes an error reply that names the field.

import type { JsonObject } from '../protocol.ts';

/** Thrown for a field that is missing or has the wrong type; exchange.ts makes an error reply of it. */
export class FieldError extends TypeError {
  override readonly name = 'TypeError';
}

interface Kinds {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
  readonly object: JsonObject;
}

/**
 * The field's value, or `fallback` where the field is absent or null (clients write both).
 *
 * @throws FieldError where the field has another type, or is absent and there is no fallback
 */
export function field<Kind extends keyof Kinds>(
  content: JsonObject,
  name: string,
  kind: Kind,
  fallback?: Kinds[Kind],
): Kinds[Kind] {
  const value = content[name];
  if ((value === undefined || value === null) && fallback !== undefined) return fallback;
  if (kindOf(value) !== kind) throw new FieldError(`${name} should be ${named(kind)}, found ${named(kindOf(value))}`);
  if (kind === 'number' && !Number.isInteger(value)) {
    throw new FieldError(`${name} should be a whole number, found ${String(value)}`);
  }
  return value as Kinds[Kind];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'array' : typeof value;
}

function named(kind: string): string {
  if (kind === 'null' || kind === 'nothing') return kind;
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
