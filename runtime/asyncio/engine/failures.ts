// Errors that nobody looked at: told of when a collection shows that nobody can any more, or when the loop ends.

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

/** What is kept of a failed future; not the future itself, which may go. */
export interface Failure {
  readonly loop: Reporting;
  readonly kind: string;
  readonly error: unknown;
  readonly owner: unknown;
}

const clock = { setImmediate };
const open = new Set<Failure>();
let fresh: Failure[] = [];
const registry = new FinalizationRegistry<Failure>((failure) => {
  if (open.delete(failure)) tell(failure);
});

/** A future failed and no task waits for it. */
export function watchFailure(future: Settling & { readonly loop: Reporting }): Failure {
  const { loop, outcome } = future;
  const owner = 'owner' in future ? future.owner : loop.owner;
  const failure = { loop, kind: future[Symbol.toStringTag], error: outcome, owner };
  open.add(failure);
  registry.register(future, failure, failure);
  if (fresh.push(failure) === 1) clock.setImmediate(settle);
  return failure;
}

/** Most failures were looked at by then. The others are settled, so that a collection can show that nobody will. */
function settle(): void {
  const failures = fresh;
  fresh = [];
  for (const failure of failures) if (open.has(failure)) letGo(failure.error);
}

/** Until V8 writes an error's stack down it keeps what the frames' methods were called on: the very task that failed. */
function letGo(error: unknown, depth = 0): void {
  if (!Error.isError(error) || depth > 10) return;
  try {
    void error.stack;
    letGo(error.cause, depth + 1);
    if (error instanceof AggregateError) for (const one of error.errors) letGo(one, depth + 1);
  } catch {
    // A getter of the program's own threw: it is told of later, then.
  }
}

/** Somebody looked. */
export function forgetFailure(failure: Failure): void {
  if (open.delete(failure)) registry.unregister(failure);
}

/** The loop ends: the last moment to tell. */
export function tellFailures(loop: Reporting): void {
  for (const failure of [...open]) {
    if (failure.loop === loop && open.delete(failure)) tell(failure);
  }
}

function tell({ loop, kind, error, owner }: Failure): void {
  loop.callExceptionHandler({ message: `${kind} exception was never retrieved`, exception: error, owner });
}
