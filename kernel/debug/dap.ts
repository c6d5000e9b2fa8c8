// The Debug Adapter Protocol as far as every file here needs it, with what Jupyter adds to it; and how the arguments of
// a request are read. https://microsoft.github.io/debug-adapter-protocol/specification

import type { DebugProtocol } from '@vscode/debugprotocol';
import type { JsonObject } from '../protocol.ts';

export type { DebugProtocol };

/** Why a request is refused: an answer without success, as the protocol says. */
export class Refusal extends Error {}

/** @throws Refusal where the argument is no text */
export function textOf(args: JsonObject, name: string): string {
  const value = args[name];
  if (typeof value !== 'string') throw new Refusal(`${name} should be a string.`);
  return value;
}

/** @throws Refusal where the argument is no whole number */
export function wholeOf(args: JsonObject, name: string): number {
  const value = args[name];
  if (!Number.isInteger(value)) throw new Refusal(`${name} should be a whole number.`);
  return value as number;
}

/** The whole number, or `fallback` where there is none. @throws Refusal where it is something else */
export function wholeOr<Fallback>(args: JsonObject, name: string, fallback: Fallback): number | Fallback {
  return args[name] === undefined || args[name] === null ? fallback : wholeOf(args, name);
}

/** @throws Refusal where the argument is no object */
export function objectOf(args: JsonObject, name: string): JsonObject {
  const value = args[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(`${name} should be an object.`);
  }
  return value as JsonObject;
}

/** An empty list where the argument is absent. @throws Refusal where it is no list */
export function listOf(args: JsonObject, name: string): readonly unknown[] {
  const value = args[name] ?? [];
  if (!Array.isArray(value)) throw new Refusal(`${name} should be a list.`);
  return value;
}
