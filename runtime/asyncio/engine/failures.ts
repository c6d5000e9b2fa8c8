// Errors that nobody looked at. They are reported when garbage collection shows that nobody can look any more, or when
// the loop closes.

import { setImmediate } from '#host/native-timers';
import { copyMethods, isError, itemsOf, push, SafeSet } from './primordials.ts';
import type { Settling } from './types.ts';

/** The loop of a failed future, as far as its failure is concerned. */
interface Reporting {
  readonly owner: unknown;
  callExceptionHandler(context: {
    readonly message: string;
    readonly exception: unknown;
    readonly owner: unknown;
  }): void;
}

/** What is kept of a failed future; not the future itself, which may be collected. */
export interface Failure {
  readonly loop: Reporting;
  readonly kind: string;
  readonly error: unknown;
  readonly owner: unknown;
}

const open = new SafeSet<Failure>();
let fresh: Failure[] = [];
let settlePlanned = false;
const registry = new FinalizationRegistry<Failure>((failure) => {
  if (open.delete(failure)) tell(failure);
});
copyMethods(registry, FinalizationRegistry.prototype);

/** A future failed and no task awaits it. */
export function watchFailure(future: Settling & { readonly loop: Reporting }): Failure {
  const { loop, outcome } = future;
  const owner = 'owner' in future ? future.owner : loop.owner;
  const failure = { loop, kind: future[Symbol.toStringTag], error: outcome, owner };
  open.add(failure);
  registry.register(future, failure, failure);
  push(fresh, failure);
  if (!settlePlanned) setImmediate(settle);
  settlePlanned = true;
  return failure;
}

/**
 * By the time this runs, most failures have been looked at. The others let go of their tasks, so that garbage
 * collection can show that nobody will look at them.
 */
function settle(): void {
  const failures = fresh;
  fresh = [];
  settlePlanned = false;
  for (let at = 0; at < failures.length; at++) {
    const failure = failures[at] as Failure;
    if (open.has(failure)) letGo(failure.error);
  }
}

/** Until V8 formats an error's stack, it keeps the receivers of the frames' methods alive: the very task that failed. */
function letGo(error: unknown, depth = 0): void {
  if (!isError(error) || depth > 10) return;
  try {
    void error.stack;
    letGo(error.cause, depth + 1);
    if (!(error instanceof AggregateError)) return;
    const { errors } = error;
    for (let at = 0; at < errors.length; at++) letGo(errors[at], depth + 1);
  } catch {
    // A getter of the program threw. Then the failure is reported later.
  }
}

/** Somebody looked at the error, so it is not reported. */
export function forgetFailure(failure: Failure): void {
  if (open.delete(failure)) registry.unregister(failure);
}

/** The loop ends: this is the last moment to report them. */
export function tellFailures(loop: Reporting): void {
  const failures = itemsOf(open);
  for (let at = 0; at < failures.length; at++) {
    const failure = failures[at] as Failure;
    if (failure.loop === loop && open.delete(failure)) tell(failure);
  }
}

function tell({ loop, kind, error, owner }: Failure): void {
  loop.callExceptionHandler({ message: `${kind} exception was never retrieved`, exception: error, owner });
}
