// Waiting for a widget: the next change as an awaitable, all further ones as an async iterator. Both can be cancelled, as
// every wait can.

import { type AsyncGeneratorObject, asyncGenerator } from '../../asyncio/async-generator.ts';
import type { Coroutine } from '../../asyncio/engine/coroutine.ts';
import { getRunningLoop } from '../../asyncio/engine/create-task.ts';
import { internal, internalCode } from '../../asyncio/engine/internal.ts';
import type { Model } from './widget-model.ts';

const CHANGED = internalCode('changed');

/** How to listen: calls `heard` at each occurrence, and returns a function that stops that. */
export type Listen = (heard: () => void) => () => void;

/** Waits for the next occurrence, then gives what `value` returns. `label` names the wait in pictures. */
export function nextChange<T>(model: Model, listen: Listen, value: () => T, label: string): Coroutine<T> {
  return internal(waiting(model, listen, value, label), CHANGED);
}

function* waiting<T>(model: Model, listen: Listen, value: () => T, label: string): Generator<unknown, T, unknown> {
  if (!(yield* occurrence(model, listen, label))) {
    throw new Error(`${label}: the widget was closed, so it will not change any more.`);
  }
  return value();
}

/** False if the widget is closed instead. */
function* occurrence(model: Model, listen: Listen, label: string): Generator<unknown, boolean, unknown> {
  if (model.closed) return false;
  const future = getRunningLoop().createFuture<boolean>(label);
  const settle = (occurred: boolean) => () => {
    stop();
    if (!future.done()) future.setResult(occurred);
  };
  const stops = [listen(settle(true)), model.hearEnd(settle(false))];
  const stop = () => {
    for (const end of stops) end();
  };
  try {
    return yield* future;
  } finally {
    stop();
  }
}

/**
 * What `value` returns after each occurrence, until the widget is closed. Occurrences while the loop's body runs count
 * as one: the body gets the last value and misses none.
 */
export const changesOf = asyncGenerator(function* changes(
  model: Model,
  listen: Listen,
  value: () => unknown,
  label: string,
): Generator<unknown, void, unknown> {
  let fresh = false;
  const stop = listen(() => {
    fresh = true;
  });
  try {
    for (;;) {
      if (!fresh && !(yield* occurrence(model, listen, label))) return;
      fresh = false;
      yield value();
    }
  } finally {
    stop();
  }
}) as <T>(model: Model, listen: Listen, value: () => T, label: string) => AsyncGeneratorObject<T>;
