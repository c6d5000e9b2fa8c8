// awaiting: the generator form's way to await what is not the library's own, such as a native promise.

import type { Suspension } from './engine/now.ts';
import { Steps } from './engine/steps.ts';
import './engine/promise.ts';

/** `const page = yield* awaiting(fetch(url))`: awaits a promise, thenable, coroutine, future or plain value. */
export function awaiting<T>(operand: T): Generator<Suspension, Awaited<T>, unknown> {
  return new Steps<Awaited<T>>(operand) as unknown as Generator<Suspension, Awaited<T>, unknown>;
}
