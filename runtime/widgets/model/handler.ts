// A person's handlers: each call is a task of the cell that registered it, so that what it prints goes under that cell,
// it may await, and an interrupt can stop it.

import { awaiting } from '../../asyncio/awaiting.ts';
import { createTask } from '../../asyncio/engine/create-task.ts';
import { CancelledError } from '../../asyncio/engine/errors.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import { isAwaitable } from '../../asyncio/engine/predicates.ts';
import { valueText } from './value-text.ts';
import { widgetHost } from './widget-host.ts';

/** What a person may give: a function, a coroutine function, or an async function. */
export type Handler<Args extends unknown[]> = (...args: Args) => unknown;

/**
 * What the kernel's own code calls in place of the handler: it begins a task named `name` and returns.
 *
 * @throws {TypeError} if the handler is no function
 */
export function handlerTask<Args extends unknown[]>(name: string, handler: Handler<Args>): (...args: Args) => void {
  if (typeof handler !== 'function')
    throw new TypeError(`${name}: a function was expected, got ${valueText(handler)}.`);
  const code = internalCode(name);
  const owner = widgetHost().cause();
  return (...args) => void createTask(internal(handling(handler, args), code), { name, owner });
}

function* handling<Args extends unknown[]>(handler: Handler<Args>, args: Args): Generator<unknown, void, unknown> {
  try {
    const made = handler(...args);
    if (isAwaitable(made)) yield* awaiting(made);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    widgetHost().report(error);
  }
}
