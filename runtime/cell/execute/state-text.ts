// What a coroutine, task or future does at this moment, in one line for inspection: their fields would fill pages.

import { Coroutine, Future, getCoroutineState, Task } from '../../asyncio/index.ts';
import { isInstance } from '../display/reflect.ts';

/** The state of a coroutine, or a future's or task's, with what is waited for; undefined for any other value. */
export function stateText(value: unknown): string | undefined {
  if (isInstance(value, Coroutine)) return coroutineText(value);
  if (!isInstance(value, Future)) return undefined;
  const waiting = isInstance(value, Task) && !value.done() ? value.waiting : null;
  return waiting === null ? String(value) : `${String(value)}, waits for ${waiting.waitName()}`;
}

function coroutineText(coroutine: Coroutine<unknown>): string {
  const { name, code, line, driver } = coroutine;
  const state = getCoroutineState(coroutine).replace('CORO_', '').toLowerCase();
  const place = code.file === undefined ? '' : ` at ${code.file}:${line || code.line || 0}`;
  const waiting = state === 'suspended' ? driver?.waiting : null;
  return `coroutine ${name}, ${state}${place}${waiting ? `, waits for ${waiting.waitName()}` : ''}`;
}
