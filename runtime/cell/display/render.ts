// A value as Jupyter shows it: its own rich form and its text. For results, displays and expressions.

import { types } from '#host/inspection';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { besideText, resultText } from './brief.ts';
import { DISPLAY, Displayable, type Rendered } from './bundle.ts';
import { listingOnce } from './listing.ts';
import { displayed, GivenUp, givenUp, PATIENCE_MS, withoutOwnCode } from './own-code.ts';
import { isObject } from './reflect.ts';
import { richBundle } from './rich.ts';

export type { Rendered } from './bundle.ts';

/** Whether a cell's value is shown as its result: not `undefined`, nor what has shown itself already (see watch()). */
export function isShown(value: unknown): boolean {
  if (value === undefined) return false;
  if (!isObject(value) || types.isProxy(value)) return true;
  return Object.getOwnPropertyDescriptor(value, DISPLAY)?.value !== null;
}

/**
 * The MIME bundle of a value. A promise only if the value's own display method is asynchronous.
 *
 * If a display method fails, or takes longer than two seconds, the value is shown as text and `failure` is set. Throws,
 * or rejects with, only the interrupt that ended such a method.
 */
export function render(value: unknown): Rendered | Promise<Rendered> {
  return listingOnce(() => rendered(value));
}

function rendered(value: unknown): Rendered | Promise<Rendered> {
  if (isObject(value) && Displayable.is(value)) return { data: value.data, metadata: value.metadata };
  try {
    const bundle = isObject(value) ? displayed(value, () => richBundle(value)) : undefined;
    if (bundle === undefined) return plain(value);
    if (!types.isPromise(bundle)) return complete(value, bundle);
    return inTime(bundle).then(
      (made) => (made === undefined ? plain(value) : complete(value, made)),
      (failure: unknown) => failed(value, failure),
    );
  } catch (failure) {
    return failed(value, failure);
  }
}

/** The promise, or a rejection after two seconds. */
function inTime<T>(made: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(givenUp()), PATIENCE_MS);
    made.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function failed(value: unknown, failure: unknown): Rendered {
  if (failure instanceof KeyboardInterrupt) throw failure;
  // In two seconds, whatever it has besides that method.
  const shown = failure instanceof GivenUp ? withoutOwnCode(() => plain(value)) : plain(value);
  return { ...shown, failure };
}

function plain(value: unknown): Rendered {
  return { data: { 'text/plain': resultText(value) }, metadata: {} };
}

function complete(value: unknown, bundle: Rendered['data']): Rendered {
  return { data: 'text/plain' in bundle ? bundle : { ...bundle, 'text/plain': besideText(value) }, metadata: {} };
}
