// How functions, coroutines, futures and tasks are written in messages: Python's repr, addresses left out.

import { Coroutine } from './coroutine.ts';
import type { Future } from './future.ts';
import type { Task } from './task.ts';

/** Python's `repr` of a value, as far as messages need it. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function') return `<function ${value.name || '<lambda>'}>`;
  if (value instanceof Coroutine) return `<coroutine object ${value.name}>`;
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : quote(value.message)})`;
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  try {
    if (typeof value === 'object' && value.toString === Object.prototype.toString) return `<${tag(value)}>`;
    return String(value);
  } catch {
    return `<${tag(value)}>`;
  }
}

const TYPES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', bigint: 'int', function: 'function' };

/** @internal What Python calls the type of a value, in the messages of its TypeErrors. */
export function pythonType(value: unknown): string {
  if (value === undefined || value === null) return 'NoneType';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return TYPES[typeof value] ?? tag(value);
}

/** @internal @throws TypeError in Python's words for what cannot be iterated. */
export function checkIterable(value: unknown): void {
  const iterator = value === undefined || value === null ? undefined : (value as Iterable<unknown>)[Symbol.iterator];
  if (typeof iterator !== 'function') throw new TypeError(`'${pythonType(value)}' object is not iterable`);
}

function tag(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return mark + (mark === "'" ? inner.replaceAll("'", "\\'") : inner) + mark;
}

/** @internal */
export function describeFuture(future: Future<unknown>): string {
  return `<${future[Symbol.toStringTag]} ${stateOf(future)}${outcomeOf(future)}>`;
}

function stateOf(future: Future<unknown>): string {
  if (!future.done()) return 'pending';
  return future.cancelled() ? 'cancelled' : 'finished';
}

function outcomeOf(future: Future<unknown>): string {
  if (!future.done() || future.cancelled()) return '';
  const failed = future.phase === 2;
  return failed ? ` exception=${repr(future.outcome)}` : ` result=${repr(future.outcome)}`;
}

/** @internal `<Task pending name='Task-1' coro=<main() running at file:3>>`. */
export function describeTask(task: Task<unknown>): string {
  const state = !task.done() && task.cancelling() > 0 ? 'cancelling' : stateOf(task);
  return `<Task ${state} name=${quote(task.getName())} coro=<${describeCoroutine(task)}>${outcomeOf(task)}>`;
}

function describeCoroutine(task: Task<unknown>): string {
  const { name, file } = task.coroutine.code;
  const place = file === undefined ? '' : ` ${file}:${task.coroutine.line || task.coroutine.code.line || 0}`;
  return `${name}() ${task.done() ? 'done' : 'running'}${place === '' ? '' : `${task.done() ? ', defined' : ''} at${place}`}`;
}
