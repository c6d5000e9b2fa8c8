// Parameters as in papermill: a cell of assignments after the cell tagged `parameters`, which holds the defaults. A
// cell that an earlier run injected is replaced.

import { Script } from 'node:vm';
import { v4 as uuid } from 'uuid';
import { type Cell, type CodeCell, type Notebook, tagsOf } from './notebook/notebook.ts';

export type Parameters = ReadonlyMap<string, unknown>;

/**
 * Reads `name=value` as papermill's -p does (numbers, true, false, null); also JSON arrays, objects and strings.
 * @throws a sentence if there is no name, or it is not a valid name in TypeScript.
 */
export function readParameter(text: string): readonly [string, unknown] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0));
  if (!isName(name)) {
    throw new Error(`--param expects name=value with a name that is valid in TypeScript, but found '${text}'.`);
  }
  return [name, readValue(text.slice(at + 1))];
}

/** Reserved words such as `class`, `let` and `await` are no names. */
function isName(text: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(text)) return false;
  try {
    // Only compiled, never run.
    new Script(`'use strict'; async () => { let ${text}; }`);
    return true;
  } catch {
    return false;
  }
}

const words = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function readValue(text: string): unknown {
  if (words.has(text)) return words.get(text);
  // JSON requires a digit on both sides of the point.
  if (/^[+-]?(\d+\.|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  try {
    return JSON.parse(text, exact as (key: string, value: unknown) => unknown);
  } catch {
    return text;
  }
}

/** Integers that JavaScript would round become a BigInt. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  const rounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** A copy of the notebook with the parameters inserted, and whether it has a cell tagged `parameters`. */
export function withParameters(notebook: Notebook, parameters: Parameters): { notebook: Notebook; tagged: boolean } {
  const tagged = notebook.cells.findIndex((cell) => tagsOf(cell).includes('parameters'));
  if (parameters.size === 0) return { notebook, tagged: tagged >= 0 };
  const injected = notebook.cells.findIndex((cell) => tagsOf(cell).includes('injected-parameters'));
  const cells: Cell[] = [...notebook.cells];
  const cell = cellOf(parameters, notebook.nbformat_minor >= 5);
  if (injected >= 0) cells.splice(injected, 1, cell);
  else cells.splice(tagged + 1, 0, cell);
  return { notebook: { ...notebook, cells }, tagged: tagged >= 0 };
}

function cellOf(parameters: Parameters, withId: boolean): CodeCell {
  const lines = [...parameters].map(([name, value]) => `let ${name} = ${literal(value)};`);
  return {
    cell_type: 'code',
    ...(withId ? { id: uuid().slice(0, 8) } : {}),
    metadata: { tags: ['injected-parameters'] },
    source: ['// Parameters', ...lines].join('\n'),
    outputs: [],
    execution_count: null,
  };
}

/** A value as TypeScript writes it. */
function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  // Not as JSON, which has neither infinity nor -0.
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // In a literal, `__proto__` without brackets would be the object's prototype.
  const key = (name: string) => (name === '__proto__' ? '["__proto__"]' : JSON.stringify(name));
  const entries = Object.entries(value).map(([name, item]) => `${key(name)}: ${literal(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
